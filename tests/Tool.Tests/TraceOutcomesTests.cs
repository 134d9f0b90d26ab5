using static Squelch.Tool.Tests.SampleSweep;

namespace Squelch.Tool.Tests;

public sealed class TraceOutcomesTests
{
    private static readonly string[] s_many = ["Arc", "Fifo", "Gdsf", "Lfu", "LfuDa", "Lhd", "Lrfu", "LruK", "S3Fifo", "SegLen", "Sieve", "Slru", "VllmPlus", "WTinyLfu"];

    [Fact]
    public void TheBadPoliciesThatReadersLookForAreDrawnBeforeTheGood()
    {
        TraceOutcomes trace = Of(at => [.. s_many.Select((policy, i) => Outcome(policy, 4000 + i, capacity: at)), Outcome("Marconi", 10, capacity: at), Outcome("Lru", 20, capacity: at), Outcome("OwnPolicy", 30, capacity: at)]);

        Assert.Equal(["OwnPolicy", "Lru", "Marconi", "WTinyLfu", "VllmPlus"], trace.Drawn.Take(5).Select(equal => equal.Name));
        Assert.Equal(12, trace.Drawn.Count);
    }

    /// <summary>At the largest capacity all are alike, which puts none in front.</summary>
    [Fact]
    public void WhoeverIsBestAtACapacityIsDrawn()
    {
        TraceOutcomes trace = Of(at => [.. s_many.Select((policy, i) => Outcome(policy, at == 2 * GB ? 5000 : at == GB && policy == "Arc" ? 6000 : 4000 + i, capacity: at)), Outcome("Lru", 10, capacity: at)], 3 * GB);

        Assert.Equal(["Arc", "Lru", "WTinyLfu"], trace.Drawn.Take(3).Select(equal => equal.Name).Order());
    }

    [Fact]
    public void WhoeverHitsMostRequestsForKeysIsDrawn()
    {
        TraceOutcomes trace = Of(at => [.. s_many.Select((policy, i) => WithRequests(Outcome(policy, 4000 + i, capacity: at, trace: Bytes), policy == "Arc" ? 950 : 500)), Outcome("Lru", 10, capacity: at, trace: Bytes)]);

        Assert.Contains("Arc", trace.Drawn.Select(equal => equal.Name));
    }

    private static ReplayOutcome WithRequests(ReplayOutcome outcome, int hits) => outcome with { Result = outcome.Result with { HitRequests = hits } };

    private static TraceOutcomes Of(Func<long, ReplayOutcome[]> at, params long[] more)
        => Assert.Single(TraceOutcomes.Of([.. new[] { GB, 2 * GB }.Concat(more).SelectMany(at)]));
}
