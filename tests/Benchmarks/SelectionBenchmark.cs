using System.Globalization;
using Squelch.Policies;

namespace Squelch.Benchmarks;

/// <summary>One victim over the same columns by each back end. After each selection a new node takes the victim's slot and two nodes are hit, as a request does.</summary>
internal static class SelectionBenchmark
{
    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static void Run()
    {
        Console.WriteLine("One victim, microseconds (a new node in its place and two hits included); ratios are to the column left of them");
        Console.WriteLine("| policy | columns | nodes | class per node | scalar | SIMD | scalar / SIMD | pruned | SIMD / pruned |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int size in Sizes)
        {
            Measure("Marconi", () => new Marconi { Alpha = 1 }.CreateSelector, size, replayed: false);
            Measure("Marconi", () => new Marconi { Alpha = 1 }.CreateSelector, size, replayed: true);
            Measure("Hyperbolic", () => default(Hyperbolic).CreateSelector, size, replayed: false);
        }

        Console.WriteLine();
        Console.WriteLine("LRU: one victim and its re-insertion");
        Console.WriteLine("| nodes | nanoseconds |");
        Console.WriteLine("|---:|---:|");
        foreach (int size in Sizes)
        {
            var forest = new Forest(default(Lru).CreateSelector, size, seed: 1);
            const int Turns = 20_000;
            double[] seconds = Timing.Median(5, () => forest.Turn(Backend.Ordered, Turns));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size:N0} | {seconds[0] / Turns * 1e9:0} |"));
        }

        Console.WriteLine();
    }

    private static void Measure(string policy, Func<Func<NodeTable, ulong, IVictimSelector>> create, int size, bool replayed)
    {
        var forest = new Forest(create(), size, seed: 1);
        forest.Fill(replayed);
        List<NaiveNode> naive = forest.Naive();
        int turns = Math.Max(2, 2_000_000 / size);
        int prunedTurns = turns * 8;
        double[] seconds = Timing.Median(
            7,
            () => Repeat(turns, () => NaiveNode.Victim(naive, forest.Now, 1)),
            () => forest.Turn(Backend.Scalar, turns),
            () => forest.Turn(Backend.Simd, turns),
            () => forest.Turn(Backend.Pruned, prunedTurns));
        double scalar = seconds[1] / turns * 1e6;
        double simd = seconds[2] / turns * 1e6;
        double pruned = seconds[3] / prunedTurns * 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {policy} | {(replayed ? "replayed" : "uniform")} | {size:N0} | {(policy == "Marconi" ? (seconds[0] / turns * 1e6).ToString("0.0", CultureInfo.InvariantCulture) : "")} | {scalar:0.0} | {simd:0.00} | {scalar / simd:0.0}x | {pruned:0.00} | {simd / pruned:0.0}x |"));
    }

    private static void Repeat(int turns, Action action)
    {
        for (int i = 0; i < turns; i++)
        {
            action();
        }
    }
}
