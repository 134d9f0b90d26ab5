using System.Diagnostics;
using System.Text.Json;

namespace Squelch.GpuCheck;

/// <summary>What came out, kept line by line as it comes: a machine that is taken away in the middle leaves all that was done.</summary>
internal sealed class Results : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan? _budget;
    private readonly StreamWriter? _file;
    private readonly HashSet<string> _leftOut = [];

    public Results(string? folder, TimeSpan? budget)
    {
        _budget = budget;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            _file = new StreamWriter(Path.Combine(folder, "results.jsonl")) { AutoFlush = true };
        }
    }

    /// <summary>Since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>What failed.</summary>
    public int Errors { get; private set; }

    /// <summary>True where there is time for one more result; where there is not, what is left out is remembered.</summary>
    public bool HasTimeFor(string what)
    {
        bool has = _budget is not { } budget || Elapsed < budget;
        if (!has)
        {
            _leftOut.Add(what);
        }

        return has;
    }

    /// <summary>Keeps a result.</summary>
    public void Add(string kind, object values)
        => _file?.WriteLine(JsonSerializer.Serialize(new { kind, seconds = Math.Round(Elapsed.TotalSeconds, 3), values }));

    /// <summary>Does something; what it throws is a result too, with its reason each time.</summary>
    /// <returns>False where it threw.</returns>
    public bool Try(string what, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception)
        {
            Errors++;
            Console.WriteLine($"ERROR  {what}: {exception.Message}");
            Add("error", new { what, exception = exception.ToString() });
            return false;
        }
    }

    /// <summary>Says what there was no time for.</summary>
    public void Dispose()
    {
        if (_leftOut.Count > 0)
        {
            Console.WriteLine($"The budget was used up; {_leftOut.Count} things were left out, first {string.Join("; ", _leftOut.Take(4))}.");
            Add("left out", _leftOut);
        }

        _file?.Dispose();
    }
}
