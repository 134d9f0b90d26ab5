namespace Squelch.Policies.Tests.Trees;

/// <summary>What policies learn from their own cache: its pace, who uses a node, what came back after an eviction.</summary>
public sealed class LearningTests
{
    /// <summary>
    /// Forty keys, of which the first costs two, the others one. Asked for once, nothing is learned: idle 40 and 39 at a gap of 1, 2/e^40 is less than 1/e^39, and the
    /// first goes. Asked for in turn, the gap is 40: 2/e^1 is more than 1/e^(39/40), and the second goes.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(9, 2)]
    public void OwnPaceLearnsTheGap(int rounds, int victim)
    {
        var cache = new KeyCache(new OwnPace().CreateSelector, capacity: 40);
        for (int request = 0; request < 40 * rounds; request++)
        {
            int key = 1 + (request % 40);
            cache.Request(new((ulong)key, Cost: key == 1 ? 2 : 1));
        }

        cache.Request(new(41, Cost: 1));
        Assert.Equal([victim], Enumerable.Range(1, 40).Where(key => !cache.Contains((ulong)key)));
    }

    /// <summary>Session 1 uses the first sequence at 1, 3, 5 and 11, sessions 1 and 2 the second at 7 and 9: at 14 that is 1/3 against 2/5.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void SharedPrefixCountsSessions(long other, int victim)
    {
        ModelShape model = ModelShape.PaperHybrid;
        List<int> victims = [];
        PrefixCache<SharedPrefix>? cache = null;
        using (cache = new(new() { CapacityBytes = 2 * (model.CheckpointBytes + model.KvBytes(1)), OnVictim = record => victims.Add(cache!.Nodes.EdgeKey(record.Node)) }))
        {
            foreach ((int page, long session) in ((int, long)[])[(1, 1), (1, 1), (1, 1), (2, 1), (2, other), (1, 1), (3, 3)])
            {
                cache.Commit(cache.Lookup([page], hints: new(Session: session)), [page]);
            }
        }

        Assert.Equal([victim], victims);
    }

    /// <summary>Where a request branches off inside an edge, the upper part has been used by whoever used the whole, and by the one that branches.</summary>
    [Fact]
    public void ASplitTakesOverTheSessions()
    {
        using var cache = new PrefixCache<SharedPrefix>(new() { CapacityBytes = 1L << 40 });
        foreach (long session in (long[])[1, 2, 3])
        {
            cache.Commit(cache.Lookup([1, 2, 3, 4], hints: new(Session: session)), [1, 2, 3, 4]);
        }

        cache.Commit(cache.Lookup([1, 2, 9, 9], hints: new(Session: 4)), [1, 2, 9, 9]);
        var selector = (FormulaSelector)cache.Selector;
        int column = SharedPrefix.Descriptor.Columns.Select(item => item.Name).ToList().IndexOf("sessions");
        Assert.Equal(
            [(2, 4), (4, 1), (4, 3)],
            Enumerable.Range(0, cache.Nodes.Capacity).Where(node => cache.Nodes.IsLive(node) && !cache.Nodes.IsRoot(node)).Select(node => (cache.Nodes.DepthTokens(node), (int)selector.ReadColumn(column, node))).Order());
    }

    /// <summary>
    /// Two keys fit. At 3 the first goes, which comes back at 4, a tick after it went. From then on it stays, though 5 and 6 came later: those were used once.
    /// </summary>
    [Fact]
    public void ReuseGapKeepsWhatComesBackSoon()
    {
        var cache = new KeyCache(new ReuseGap().CreateSelector, capacity: 2);
        foreach (ulong key in (ulong[])[1, 2, 3, 1, 5, 6])
        {
            cache.Request(new(key));
        }

        Assert.Equal((true, true, false), (cache.Contains(1), cache.Contains(6), cache.Contains(5)));
    }

    /// <summary>A prefix cache names its nodes, so that there, too, the first comes back in time.</summary>
    [Fact]
    public void APrefixThatComesBackIsKnown()
    {
        ModelShape model = ModelShape.PaperHybrid;
        using var cache = new PrefixCache<ReuseGap>(new() { CapacityBytes = 2 * (model.CheckpointBytes + model.KvBytes(1)) });
        foreach (int page in (int[])[1, 2, 3, 1, 5, 6])
        {
            cache.Commit(cache.Lookup([page]), [page]);
        }

        Assert.Equal((1, 0, 1), (cache.Lookup([1]).HitTokens, cache.Lookup([5]).HitTokens, cache.Lookup([6]).HitTokens));
    }
}
