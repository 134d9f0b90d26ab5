namespace Squelch.Caching.Tests;

/// <summary>The deterministic mode and a replay of the same keys miss together, request by request.</summary>
public sealed class ReplayEqualityTests
{
    private static readonly Lazy<KeyRequest[]> s_zipf1 = new(() => [.. KeyTraceReader.Read(SeededTraces.Zipf("zipf1"))]);

    private static readonly Lazy<KeyRequest[]> s_drift = new(() => [.. KeyTraceReader.Read(SeededTraces.Zipf("zipf2drift"))]);

    // Each victim takes them a scan: of these traces the first fifth is enough.
    private static readonly string[] s_scans = ["Hyperbolic", "Lrfu", "Marconi", "Pgdsf", "RandomLeaf", "ReuseRate"];

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string policy in s_runs.Keys)
            {
                cases.Add(policy, false);
                cases.Add(policy, true);
            }

            return cases;
        }
    }

    private static readonly Dictionary<string, Action<KeyRequest[], long, bool>> s_runs = new()
    {
        ["Lru"] = Same<Lru>,
        ["Fifo"] = Same<Fifo>,
        ["Mru"] = Same<Mru>,
        ["Lfu"] = Same<Lfu>,
        ["LfuDa"] = Same<LfuDa>,
        ["Lrfu"] = Same<Lrfu>,
        ["LruK"] = Same<LruK>,
        ["Slru"] = Same<Slru>,
        ["Gdsf"] = Same<Gdsf>,
        ["GreedyDualSize"] = Same<GreedyDualSize>,
        ["Hyperbolic"] = Same<Hyperbolic>,
        ["Pgdsf"] = Same<Pgdsf>,
        ["Priority"] = Same<Priority>,
        ["Marconi"] = Same<Marconi>,
        ["RandomLeaf"] = Same<RandomLeaf>,
        ["ReuseRate"] = Same<ReuseRate>,
        ["Sieve"] = Same<Sieve>,
        ["S3Fifo"] = Same<S3Fifo>,
        ["Arc"] = Same<Arc>,
        ["WTinyLfu"] = Same<WTinyLfu>,
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void KeysThatCountAlike(string policy, bool drift)
    {
        KeyRequest[] trace = (drift ? s_drift : s_zipf1).Value;
        s_runs[policy](s_scans.Contains(policy) ? trace[..200_000] : trace, 1_000, false);
    }

    /// <summary>The sizes of the traces, and costs that are each key's own.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void KeysWithSizesAndCosts(string policy, bool drift)
        => s_runs[policy]([.. (drift ? s_drift : s_zipf1).Value.Take(50_000).Select(request => request with { Cost = 1 + (request.Key * 104729 % 50) })], 3_637_803, true);

    private static void Same<TPolicy>(KeyRequest[] trace, long capacity, bool sized)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        var replay = new KeyCache(Defaults<TPolicy>().CreateSelector, capacity, sized, seed: 5);
        Dictionary<ulong, int> sizes = trace.Select(request => (request.Key, request.Size)).Distinct().ToDictionary(pair => pair.Key, pair => pair.Size);
        using var cache = new PolicyCache<ulong, ulong, TPolicy>(new() { Capacity = capacity, Deterministic = true, Seed = 5, SizeOf = sized ? (key, _) => sizes[key] : null });
        for (int i = 0; i < trace.Length; i++)
        {
            ulong key = trace[i].Key;
            long misses = cache.Metrics.Misses;
            Assert.Equal(key, cache.GetOrAdd(key, static key => key, new() { Cost = sized ? trace[i].Cost : null }));
            if (replay.Request(trace[i]) != (cache.Metrics.Misses == misses))
            {
                Assert.Fail($"request {i} of key {key}: they differ");
            }
        }

        Assert.Equal((replay.Misses, replay.Evictions, replay.Count, replay.Held), (cache.Metrics.Misses, cache.Metrics.Evictions, cache.Count, cache.Size));
        Assert.True(replay.Evictions > 1000);
    }

    private static TPolicy Defaults<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => TPolicy.FromTunables([.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)]);

    /// <summary>What is looked up first and then set is one request, as what a factory makes is; what comes again with another size is one, too.</summary>
    [Fact]
    public void WaysToSetAValueAreOneRequestEach()
    {
        var random = new Random(3);
        var replay = new KeyCache(default(Hyperbolic).CreateSelector, 500, sized: true);
        var sizes = new Dictionary<ulong, int>();
        using var cache = new PolicyCache<ulong, ulong, Hyperbolic>(new() { Capacity = 500, Deterministic = true, SizeOf = (key, _) => sizes[key] });
        for (int i = 0; i < 20_000; i++)
        {
            ulong key = (ulong)random.Next(random.Next(1, 200));
            bool set = random.Next(3) == 0;
            int size = set || !sizes.TryGetValue(key, out int known) ? random.Next(1, 60) : known;
            if (set || !cache.ContainsKey(key))
            {
                sizes[key] = size;
            }

            bool there = cache.ContainsKey(key);
            if (set || !cache.TryGet(key, out _))
            {
                cache.AddOrUpdate(key, key);
            }

            Assert.Equal(there, replay.Request(new(key, sizes[key])));
            Assert.Equal(replay.Count, cache.Count);
            Assert.Equal(replay.Held, cache.Size);
        }
    }
}
