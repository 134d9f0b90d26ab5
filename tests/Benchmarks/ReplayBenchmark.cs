using System.Globalization;
using Squelch.Policies;

namespace Squelch.Benchmarks;

/// <summary>Whole replays, trace in memory, one core, against the executable specification in Python; and the share of the floor, which is
/// comparing each token once at copy bandwidth.</summary>
internal static class ReplayBenchmark
{
    private const long Capacity = 40_000_000_000;

    public static void Run()
    {
        string file = MediumTrace();
        Lab.Trace trace = TraceReader.Load(file);
        double marconiPython = Python(file, "v3");
        double sglangPython = Python(file, "v1");
        var alpha = new Dictionary<string, double> { ["Alpha"] = 1 };
        double[] seconds = Timing.Median(
            15,
            () => Replay.Run<Marconi>(trace, new ReplayOptions { CapacityBytes = Capacity, Tunables = alpha }),
            () => Replay.Run<SglangPlus>(trace, new ReplayOptions { CapacityBytes = Capacity }),
            () => Copy(trace));

        // A lookup compares the input and a commit the output: each token of the trace is read at most once on either side.
        Console.WriteLine($"Replays of {trace.Name} at 40 GB ({trace.Requests.Count} requests, {trace.Requests.Sum(r => (long)r.Pages.Length):N0} tokens), one core");
        Console.WriteLine("| policy | spec.py | Squelch | ratio | share of the floor |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Row("Marconi, alpha 1", marconiPython, seconds[0], seconds[2]);
        Row("SglangPlus", sglangPython, seconds[1], seconds[2]);
        Console.WriteLine($"floor: {seconds[2] * 1e3:0.00} ms to copy every token once");
        Console.WriteLine();
    }

    public static string MediumTrace() => SeededTraces.Golden("agent-medium_sps=1_art=7.5_nums=40");

    private static void Row(string policy, double python, double own, double floor)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {policy} | {python * 1e3:0} ms | {own * 1e3:0.0} ms | {python / own:0}x | {floor / own:P0} |"));

    private static void Copy(Lab.Trace trace)
    {
        var target = new int[trace.Requests.Max(request => request.Pages.Length)];
        foreach (Request request in trace.Requests)
        {
            request.Pages.Span.CopyTo(target);
        }
    }

    private static double Python(string file, string policy)
    {
        string output = SeededTraces.Python("run_spec.py", [file, "--policy", policy, "--capacity", Capacity.ToString(CultureInfo.InvariantCulture), "--alpha", "1", "--time"]);
        string last = output.Trim().Split(' ')[^2];
        return double.Parse(last, CultureInfo.InvariantCulture);
    }
}
