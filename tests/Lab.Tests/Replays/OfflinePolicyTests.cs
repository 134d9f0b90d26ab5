using Squelch.Policies;

namespace Squelch.Lab.Tests;

/// <summary>The bounds on a case worked out by hand: a cache of two sequences, one token each.</summary>
public sealed class OfflinePolicyTests
{
    /// <summary>
    /// A, B, C, A, B with room for two: when C comes, B is used last, so Belady drops B, keeps A for request 3 and misses B. LRU drops A for C, B for A
    /// and C for B: no hit at all.
    /// </summary>
    [Fact]
    public void TheSequenceThatIsUsedFarthestAheadGoes()
    {
        Trace trace = Keys(1, 2, 3, 1, 2);

        Assert.Equal([false, false, false, true, false], Hits<Belady>(trace));
        Assert.Equal([false, false, false, true, false], Hits<OfflineGreedy>(trace));
        Assert.Equal([false, false, false, false, false], Hits<Lru>(trace));
    }

    /// <summary>Noise of the size of e^5 makes the order of next uses a matter of luck; the same seed has the same luck.</summary>
    [Fact]
    public void NoiseSpoilsTheOracleAndRepeatsItself()
    {
        Trace trace = Keys([.. Enumerable.Range(0, 400).Select(i => 1 + (int)((uint)(i * 2654435761) >> 28))]);

        ReplayResult exact = Run<Belady>(trace, default);
        ReplayResult noisy = Run<Belady>(trace, new(5, 1));

        Assert.True(noisy.HitTokens < exact.HitTokens, $"{noisy.HitTokens} < {exact.HitTokens}");
        Assert.Equal(noisy.HitTokens, Run<Belady>(trace, new(5, 1)).HitTokens);
    }

    /// <summary>Requests at 0, 10 and 30 ms: the clock of a cache is what the trace says.</summary>
    [Fact]
    public void TheClockCanBeTheTimeOfTheTrace()
    {
        double[] times = [0, 0.010, 0.030];
        var trace = new Trace("keys", 1, [.. times.Select((time, i) => new Request { Pages = new[] { i + 1 }, InputPages = 1, InputTokens = 1, Time = time })]);
        List<long> clocks = [];
        Replay.Run<Lru>(trace, Options() with { Clock = ReplayClock.Time, OnVictim = victim => clocks.Add(victim.Clock) });

        Assert.Equal([30], clocks);
    }

    private static Trace Keys(params int[] keys)
        => new("keys", 1, [.. keys.Select(key => new Request { Pages = new[] { key }, InputPages = 1, InputTokens = 1 })]);

    private static ReplayOptions Options() => new() { CapacityBytes = 2 * (ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(1)) };

    private static ReplayResult Run<TPolicy>(Trace trace, OracleNoise noise)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => Replay.Run<TPolicy>(trace, Options() with { Noise = noise });

    private static List<bool> Hits<TPolicy>(Trace trace)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        List<bool> hits = [];
        Replay.Run<TPolicy>(trace, Options() with { OnRequest = record => hits.Add(record.Hit) });
        return hits;
    }
}
