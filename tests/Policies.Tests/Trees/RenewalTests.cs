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

    /// <summary>A turn without a gap is that of an engine that counts requests and knows no times: the session is taken to come back as others did.</summary>
    [Theory]
    [InlineData(8, 2)]
    [InlineData(1, 1)]
    public void ATurnWithoutAGapHasTheMeanOfOthers(double first, int victim)
        => Assert.Equal([victim], Sequences.Victims<Renewal>(2, [new(Turn: 2, SessionGap: first), new(Turn: 3), default]));

    /// <summary>The same in every way to search: a turn alone changes no victim, and no score is other than a number.</summary>
    [Theory]
    [MemberData(nameof(Backends))]
    public void ATurnWithoutAGapChangesNoVictim(Backend backend)
    {
        int[] victims = VictimsOfSessions(backend, withTurns: true);

        Assert.Equal(VictimsOfSessions(Backend.Scalar, withTurns: false), victims);
        Assert.NotEmpty(victims);
    }

    /// <summary>No formula of Renewal is kept in order.</summary>
    public static TheoryData<Backend> Backends => [.. Enum.GetValues<Backend>().Except([Backend.Ordered])];

    /// <summary>
    /// The first is made at 2 and used again at 3: at 8 its session has 1/(1.95 * 100), and its own gap of 1 gives 1/25 more. The second, made at 6, has 1/(1.96 * 50).
    /// It goes, though its session is due sooner.
    /// </summary>
    [Fact]
    public void ANodeThatIsUsedAgainHasAPaceOfItsOwn()
        => Assert.Equal([2], VictimsOf([1, 1, 2, 3], 100, 100, 50, 50));

    /// <summary>
    /// Where no gap is known, rates are 1 over the square of the wait. The first goes at 6 and is back at 10: 4 ticks are a gap of its own. At 14 it has 1/16, and 1/4 for that gap;
    /// the one that was made at 12 has 1/4, and goes.
    /// </summary>
    [Fact]
    public void ANodeThatComesBackHasTheGapSinceItWent() => Assert.Equal([1, 2, 3, 4, 5], VictimsOf([1, 2, 3, 4, 1, 5, 6]));

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

    /// <summary>The victims of sequences of one token each, by their token, where two fit.</summary>
    /// <param name="pages">Of each request.</param>
    /// <param name="gaps">Of each request's session, or none.</param>
    private static int[] VictimsOf(int[] pages, params double[] gaps)
    {
        ModelShape model = ModelShape.PaperHybrid;
        List<int> victims = [];
        PrefixCache<Renewal>? cache = null;
        using (cache = new(new() { CapacityBytes = 2 * (model.CheckpointBytes + model.KvBytes(1)), OnVictim = record => victims.Add(cache!.Nodes.EdgeKey(record.Node)) }))
        {
            for (int i = 0; i < pages.Length; i++)
            {
                cache.Commit(cache.Lookup([pages[i]], hints: gaps.Length > 0 ? new(SessionGap: gaps[i]) : default), [pages[i]]);
            }
        }

        return [.. victims];
    }

    /// <summary>400 sequences of one token, where 300 fit; every third one tells its session's gap, the others a turn at most.</summary>
    private static int[] VictimsOfSessions(Backend backend, bool withTurns)
    {
        ModelShape model = ModelShape.PaperHybrid;
        List<int> victims = [];
        PrefixCache<Renewal>? cache = null;
        FormulaSelector? formula = null;
        var options = new PrefixCacheOptions
        {
            CapacityBytes = 300 * (model.CheckpointBytes + model.KvBytes(1)),
            Accelerate = selector => new SearchBy(formula = (FormulaSelector)selector, backend),
            OnVictim = record => victims.Add(cache!.Nodes.EdgeKey(record.Node)),
        };
        using (cache = new(options))
        {
            for (int i = 1; i <= 400; i++)
            {
                RequestHints hints = i % 3 == 0 ? new(Turn: 2, SessionGap: 5 + (i % 70)) : new(Turn: withTurns ? 1 + (i % 5) : 1);
                cache.Commit(cache.Lookup([i], hints: hints), [i]);
            }

            Assert.All(Enumerable.Range(0, cache.Nodes.Capacity).Where(cache.Nodes.IsCandidate), node => Assert.InRange(formula!.Score(node, cache.Now), 0, double.MaxValue));
        }

        return [.. victims];
    }
}
