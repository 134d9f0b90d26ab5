using System.Diagnostics;
using System.Globalization;
using System.Text;
using Squelch.Tests;
using Trace = Squelch.Lab.Trace;

namespace Squelch.Tool.Tests;

/// <summary>Whatever a file holds, reading it ends soon, with a trace that is whole or with a message that names the file.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MutatedInputTests
{
    private const int InputsByDefault = 10_000;

    /// <summary>A reader that takes longer hangs. An input that only met a busy machine is fast the second time.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(5);

    private static readonly string[] s_names = ["t.jsonl", "t.json", "k.csv", "k.txt", "keys", "t.oracleGeneral.bin", "k.lis", "k.tsv"];

    [Fact]
    public async Task EveryMutatedInputIsReadOrRefused()
    {
        int count = (int)double.Parse(Environment.GetEnvironmentVariable("SQUELCH_INPUTS") ?? $"{InputsByDefault}", NumberStyles.AllowThousands | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        byte[][] sources = [.. Sources()];
        int next = -1;
        int read = 0;

        // Readers use the pool's threads, so the tries have their own.
        Task[] tries = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Try, TaskCreationOptions.LongRunning))];
        await Task.WhenAll(tries);

        // Were all refused, what is read would not be tried.
        Assert.InRange(read, count / 10, count * 9 / 10);

        void Try()
        {
            for (int seed = Interlocked.Increment(ref next); seed < count; seed = Interlocked.Increment(ref next))
            {
                Interlocked.Add(ref read, IsRead(sources, seed) ? 1 : 0);
            }
        }
    }

    private static bool IsRead(byte[][] sources, int seed)
    {
        byte[] input = new Mutation(sources, seed).Make();
        string name = s_names[seed % s_names.Length];
        long start = Stopwatch.GetTimestamp();
        bool isTrace = Read(name, input, seed);
        if (Stopwatch.GetElapsedTime(start) > s_hang)
        {
            start = Stopwatch.GetTimestamp();
            Read(name, input, seed);
            Assert.True(Stopwatch.GetElapsedTime(start) < s_hang, $"input {seed} takes {Stopwatch.GetElapsedTime(start)}");
        }

        return isTrace;
    }

    private static bool Read(string name, byte[] bytes, int seed)
    {
        Trace trace;
        try
        {
            using var input = new TraceInput(new MemoryStream(bytes), name);
            trace = TraceFormats.Of(TraceLoading.Formats(null), input).Load(input, new());
        }
        catch (SquelchException refused)
        {
            Assert.True(refused.Message.StartsWith(name, StringComparison.Ordinal) && refused.Message.Length < 2000, $"input {seed}: {refused.Message[..Math.Min(300, refused.Message.Length)]}");
            Assert.False(refused.Message.Contains("System.", StringComparison.Ordinal) || refused.Message.Contains("Exception", StringComparison.Ordinal), $"input {seed}: {refused.Message}");
            return false;
        }
        catch (Exception crashed)
        {
            throw new InvalidOperationException($"input {seed} crashes the reader: {Encoding.UTF8.GetString(bytes[..Math.Min(300, bytes.Length)])}", crashed);
        }

        Assert.True(trace.Requests.Count > 0 && trace.PageTokens > 0, $"input {seed}: an empty trace");
        double last = 0;
        foreach (Request request in trace.Requests)
        {
            bool isWhole = request.InputPages > 0 && request.InputPages <= request.Pages.Length && request.InputTokens > 0 && request.OutputTokens >= 0
                && (long)request.InputPages * trace.PageTokens >= request.InputTokens && double.IsFinite(request.Time) && request.Time >= last;
            Assert.True(isWhole, $"input {seed}: a request that cannot be");
            last = request.Time;
        }

        Assert.InRange(TraceInfo.Of(trace).ReusableShare, 0, 1);
        return true;
    }

    /// <summary>Small inputs of every format, as the tests have them.</summary>
    private static IEnumerable<byte[]> Sources()
        => Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "tests"), "*", SearchOption.AllDirectories)
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}Cases{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);
}
