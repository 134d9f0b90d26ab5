using System.Collections.Concurrent;
using System.Globalization;
using Squelch.Policies;

namespace Squelch.Benchmarks;

/// <summary>The tables of docs/tuning.md: what fixed values, the paper's tuner and the shadow tuner hit on real traces, and what the latter costs.</summary>
internal static class TuningBenchmark
{
    private static readonly string[] Traces =
    [
        "kv-cache-tester_nums=100", "lmcache-magagent_realts", "lmcache-miniswe_realts", "lmcache-taubench_realts", "mini-swe-agent_sps=1_art=7.5_nums=20", "mooncake-conversation",
        "mooncake-synthetic", "oasst-trees_sps=1", "sharegpt-sample_sps=1", "tau-bench-gpt4o-airline_sps=1_art=7.5", "tot-game24_sps=1_art=7.5",
    ];

    private static readonly double[] Shares = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4];

    /// <summary>The columns: a name, and a replay.</summary>
    private static readonly (string Name, Func<Lab.Trace, long, ReplayResult> Replay)[] Ways =
    [
        ("LRU", (trace, bytes) => Replay.Run<Lru>(trace, new() { CapacityBytes = bytes })),
        .. new[] { 0, 0.25, 0.5, 1, 2 }.Select(alpha => Fixed<Marconi>($"Marconi, alpha {alpha}", alpha)),
        ("Marconi, the paper's tuner", (trace, bytes) => Replay.Run<Marconi>(trace, new() { CapacityBytes = bytes })),
        .. new[] { 0, 0.5, 1 }.Select(alpha => Fixed<MarconiShadow>($"MarconiShadow, alpha {alpha}", alpha)),
        (Shadow, (trace, bytes) => Replay.Run<MarconiShadow>(trace, new() { CapacityBytes = bytes })),
    ];

    private const string Shadow = "MarconiShadow, the shadow tuner";
    private const string Start = "MarconiShadow, alpha 0.5";
    private const string Zero = "Marconi, alpha 0";
    private const string Paper = "Marconi, the paper's tuner";

    public static void Run()
    {
        List<Lab.Trace> traces = [.. Traces.Select(Path).OfType<string>().Select(path => TraceReader.Load(path))];
        var cells = new ConcurrentDictionary<(string Trace, double Share, string Way), ReplayResult>();
        foreach (Lab.Trace trace in traces)
        {
            long endless = Replay.Run<Lru>(trace, new() { CapacityBytes = long.MaxValue / 4 }).PeakBytes;
            Parallel.ForEach(
                from share in Shares from way in Ways select (share, way),
                cell => cells[(trace.Name, cell.share, cell.way.Name)] = cell.way.Replay(trace, (long)(cell.share * endless)));
        }

        var rates = new TuningRates(cells.ToDictionary(cell => cell.Key, cell => 100 * cell.Value.TokenHitRate));
        WriteWays(rates);
        WriteTraces(rates, traces, cells);
    }

    private static (string Name, Func<Lab.Trace, long, ReplayResult> Replay) Fixed<TPolicy>(string name, double alpha)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => (name, (trace, bytes) => Replay.Run<TPolicy>(trace, new() { CapacityBytes = bytes, Tunables = new Dictionary<string, double> { ["Alpha"] = alpha } }));

    private static string? Path(string trace)
    {
        string file = trace + ".jsonl.gz";
        string? path = SharedData.Trace(file);
        if (path is null)
        {
            Console.Error.WriteLine($"left out: {SharedData.Missing(file, "SQUELCH_TRACES")}");
        }

        return path;
    }

    private static void WriteWays(TuningRates rates)
    {
        Console.WriteLine("| | mean | over alpha 0 | worst trace against alpha 0 | against LRU | worst cell against alpha 0 | against LRU |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach ((string way, _) in Ways)
        {
            Line($"| {way} | {rates.Mean(way):0.00} | {rates.Mean(way) - rates.Mean(Zero):+0.00;-0.00;0.00} | {rates.WorstTrace(way, Zero):+0.00;-0.00;0.00} | {rates.WorstTrace(way, "LRU"):+0.00;-0.00;0.00} | {rates.WorstCell(way, Zero):+0.00;-0.00;0.00} | {rates.WorstCell(way, "LRU"):+0.00;-0.00;0.00} |");
        }

        Console.WriteLine();
    }

    private static void WriteTraces(TuningRates rates, List<Lab.Trace> traces, ConcurrentDictionary<(string Trace, double Share, string Way), ReplayResult> cells)
    {
        Console.WriteLine("| trace | requests | LRU | alpha 0 | paper's tuner | shadow tuner | against alpha 0 | against LRU | replayed | tuned / fixed, CPU time |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        double tuned = 0;
        double untuned = 0;
        foreach (Lab.Trace trace in traces)
        {
            double Rate(string way) => rates.Mean(trace.Name, way);
            long[] bytes = [.. Shares.Select(share => cells[(trace.Name, share, Shadow)].CapacityBytes)];
            TimeSpan[] times = Timing.Cpu(15, () => All(Start, trace, bytes), () => All(Shadow, trace, bytes));
            untuned += times[0].TotalSeconds;
            tuned += times[1].TotalSeconds;
            long replayed = Shares.Sum(share => cells[(trace.Name, share, Shadow)].TunerReplayed) / Shares.Length;
            Line($"| {trace.Name} | {trace.Requests.Count:N0} | {Rate("LRU"):0.00} | {Rate(Zero):0.00} | {Rate(Paper):0.00} | {Rate(Shadow):0.00} | {Rate(Shadow) - Rate(Zero):+0.00;-0.00;0.00} | {Rate(Shadow) - Rate("LRU"):+0.00;-0.00;0.00} | {replayed:N0} | {times[1] / times[0]:0.000} |");
        }

        Line($"| all | | {rates.Mean("LRU"):0.00} | {rates.Mean(Zero):0.00} | {rates.Mean(Paper):0.00} | {rates.Mean(Shadow):0.00} | {rates.Mean(Shadow) - rates.Mean(Zero):+0.00;-0.00;0.00} | {rates.Mean(Shadow) - rates.Mean("LRU"):+0.00;-0.00;0.00} | | {tuned / untuned:0.000} |");
        Console.WriteLine();
    }

    private static void All(string way, Lab.Trace trace, long[] bytes)
    {
        Func<Lab.Trace, long, ReplayResult> replay = Ways.First(candidate => candidate.Name == way).Replay;
        foreach (long capacity in bytes)
        {
            replay(trace, capacity);
        }
    }

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
