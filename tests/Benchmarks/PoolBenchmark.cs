using System.Diagnostics;
using System.Globalization;
using Squelch.Policies;

namespace Squelch.Benchmarks;

/// <summary>A pool of an engine's entries: what a victim, a look, a batch and scores cost, and what pauses a million inserts and victims bring.</summary>
internal static class PoolBenchmark
{
    private static readonly int[] Sizes = [1_000, 10_000, 41_000, 100_000];
    private static readonly VictimPoolOptions s_options = new() { Model = ModelShape.PaperHybrid };

    public static void Run()
    {
        Pauses(room: 0);
        Pauses(room: 1_000_000);
        Console.WriteLine();
        Console.WriteLine("A victim pool of flat entries with a checkpoint each. Turn: one victim, a new entry in its slot, two hits. Times in microseconds; scores: of all entries.");
        Console.WriteLine("| policy | plan | entries | peek 1 | turn | peek 128 | evict 128 and insert 128 | of these, per victim / turn | all scores | per entry, ns |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int size in Sizes)
        {
            Measure(() => new VictimPool<Lru>(s_options), size);
            Measure(() => new VictimPool<Gdsf>(s_options), size);
            Measure(() => new VictimPool<Hyperbolic>(s_options), size);
            Measure(() => new VictimPool<Marconi>(new Marconi { Alpha = 1 }, s_options), size);
        }

        Console.WriteLine();
    }

    private static void Measure(Func<VictimPool> create, int size)
    {
        using VictimPool pool = create();
        var load = new Load(pool, size);
        int[] many = new int[128];
        int[] slots = [.. Enumerable.Range(0, size)];
        double[] scores = new double[size];
        const int Turns = 200;
        double[] seconds = Timing.Median(
            5,
            () => load.Repeat(Turns, () => pool.Peek(load.Now, many.AsSpan(0, 1))),
            () => load.Repeat(Turns, () => load.Turn(many.AsSpan(0, 1))),
            () => load.Repeat(4, () => pool.Peek(load.Now, many)),
            () => load.Repeat(4, () => load.Turn(many)),
            () => pool.Score(load.Now, slots, scores));
        double turn = seconds[1] / Turns * 1e6;
        double batch = seconds[3] / 4 * 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {pool.Descriptor.Name} | {pool.Descriptor.Plan.Kind} | {size:N0} | {seconds[0] / Turns * 1e6:0.00} | {turn:0.00} | {seconds[2] / 4 * 1e6:0.0} | {batch:0.0} | {batch / 128 / turn:0.00} | {seconds[4] * 1e6:0} | {seconds[4] / size * 1e9:0.0} |"));
    }

    /// <summary>A million inserts from an empty pool, then a million victims with an entry in the place of each.</summary>
    private static void Pauses(int room)
    {
        const int Entries = 1_000_000;
        GC.Collect();
        int[] before = [.. Enumerable.Range(0, 3).Select(GC.CollectionCount)];
        TimeSpan paused = GC.GetTotalPauseDuration();
        long start = Stopwatch.GetTimestamp();
        TimeSpan first = paused;
        TimeSpan longest = TimeSpan.Zero;
        using var pool = new VictimPool<Lru>(new VictimPoolOptions { Entries = room });
        var load = new Load(pool, 0);
        int[] one = new int[1];
        for (int i = 0; i < Entries; i++)
        {
            load.Insert(i);
            longest = Longest(longest, ref paused);
        }

        for (int i = 0; i < Entries; i++)
        {
            load.Turn(one);
            longest = Longest(longest, ref paused);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"1,000,000 inserts and 1,000,000 victims under Lru, room for {room:N0} at opening: {seconds:0.00} s, collections of generations 0, 1, 2: {string.Join(", ", before.Select((count, generation) => GC.CollectionCount(generation) - count))}, longest pause {longest.TotalMilliseconds:0.000} ms, all {(paused - first).TotalMilliseconds:0.000} ms"));
    }

    private static TimeSpan Longest(TimeSpan longest, ref TimeSpan paused)
    {
        TimeSpan now = GC.GetTotalPauseDuration();
        TimeSpan pause = now - paused;
        paused = now;
        return pause > longest ? pause : longest;
    }

    /// <summary>Entries of many sizes, used at random.</summary>
    private sealed class Load
    {
        private readonly VictimPool _pool;
        private readonly Random _random = new(1);
        private readonly PoolChange[] _log = new PoolChange[3 * 128];
        private readonly int _size;

        public Load(VictimPool pool, int size)
        {
            _pool = pool;
            _size = size;
            for (int slot = 0; slot < size; slot++)
            {
                Insert(slot);
            }
        }

        public double Now { get; private set; }

        public void Insert(int slot)
        {
            _log[0] = Entry(slot);
            _pool.Apply(_log.AsSpan(0, 1));
        }

        public void Turn(Span<int> victims)
        {
            Now++;
            if (!_pool.TryEvict(Now, victims))
            {
                throw new InvalidOperationException("There are fewer entries than victims.");
            }

            int count = 0;
            foreach (int victim in victims)
            {
                _log[count++] = Entry(victim);
                for (int hit = 0; hit < 2 && _size > 0; hit++)
                {
                    int slot = _random.Next(_size);
                    if (_pool.Contains(slot))
                    {
                        _log[count++] = PoolChange.Hit(slot, Now);
                    }
                }
            }

            _pool.Apply(_log.AsSpan(0, count));
        }

        public void Repeat(int turns, Action action)
        {
            for (int i = 0; i < turns; i++)
            {
                Now++;
                action();
            }
        }

        private PoolChange Entry(int slot) => PoolChange.Insert(slot, ++Now, tokens: _random.Next(50, 30_000), key: (ulong)slot, flags: PoolFlags.Checkpoint);
    }
}
