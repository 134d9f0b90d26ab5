namespace Squelch.Policies.Tests.Trees;

/// <summary>Two nodes of one token each, made at 2 and 4; at 6 there is room for one of them. Their worth in uses per tick.</summary>
public sealed class RenewalTests
{
    /// <summary>Idle for 4 and 2 ticks.</summary>
    [Theory]
    [InlineData(1, 1, 1)] // Both overdue: 1/16 against 1/4.
    [InlineData(8, 8, 2)] // Both on the way: 1/(1.5 * 8) against 1/(1.75 * 8), so that the one that is due sooner stays.
    [InlineData(4, 100, 2)] // 1/4 against 1/198.
    [InlineData(100, 4, 1)] // 1/196 against 1/6.
    public void ASessionComesBackAtItsPace(double first, double second, int victim)
        => Assert.Equal([victim], Sequences.Victims<Renewal>(2, [new(SessionGap: first), new(SessionGap: second), default]));

    /// <summary>A session whose gap nobody knows is taken to come back as others did; where none did, as under LRU.</summary>
    [Theory]
    [InlineData(8, 2)]
    [InlineData(double.PositiveInfinity, 1)]
    public void WhatIsNotKnownIsTheMeanOfOthers(double first, int victim)
        => Assert.Equal([victim], Sequences.Victims<Renewal>(2, [new(SessionGap: first), default, default]));

    /// <summary>
    /// The first is made at 2 and used again at 3: at 8 its session has 1/(1.95 * 100), and its own gap of 1 gives 1/25 more. The second, made at 6, has 1/(1.96 * 50).
    /// It goes, though its session is due sooner.
    /// </summary>
    [Fact]
    public void ANodeThatIsUsedAgainHasAPaceOfItsOwn()
    {
        ModelShape model = ModelShape.PaperHybrid;
        List<int> victims = [];
        PrefixCache<Renewal>? cache = null;
        using (cache = new(new() { CapacityBytes = 2 * (model.CheckpointBytes + model.KvBytes(1)), OnVictim = record => victims.Add(cache!.Nodes.EdgeKey(record.Node)) }))
        {
            foreach ((int page, double gap) in ((int, double)[])[(1, 100), (1, 100), (2, 50), (3, 50)])
            {
                cache.Commit(cache.Lookup([page], hints: new(SessionGap: gap)), [page]);
            }
        }

        Assert.Equal([2], victims);
    }

    /// <summary>Under attention alone, inner nodes have nothing to free: only leaves are shortened, from the end.</summary>
    [Fact]
    public void UnderAttentionAloneOnlyTailsGo()
    {
        ModelShape model = ModelCatalog.Find("transformer-7b");
        List<VictimRecord> victims = [];
        using var cache = new PrefixCache<Renewal>(new() { CapacityBytes = model.KvBytes(1024), Model = model, OnVictim = victims.Add });
        int[] first = [.. Enumerable.Range(1, 1000)];
        int[] second = [.. Enumerable.Range(2001, 100)];
        foreach (int[] pages in (int[][])[first, second])
        {
            cache.Commit(cache.Lookup(pages), pages);
        }

        Assert.NotEmpty(victims);
        Assert.All(victims, victim => Assert.Equal(StateActionKind.Trim, victim.Action));
        Assert.InRange(cache.Lookup(first).HitTokens, 924 - Renewal.Descriptor.Trim + 1, 924);
    }

    /// <summary>Blocks of nodes that cannot hold the victim are skipped: the formula has bounds.</summary>
    [Fact]
    public void ItsPlanIsPruned() => Assert.Equal(PlanKind.PrunedScan, Renewal.Descriptor.Plan.Kind);
}
