
namespace Squelch.Policies.Tests.Trees;

public sealed class PrefixTests
{
    /// <summary>
    /// Candidates of 50, 5 and 40 tokens, last used in that order: recency 0, 1/2, 1 and gap 1, 0, 35/45. Scores with 0.85: 0.85, 0.5, 1.66. The second
    /// goes; with weight 0 the first.
    /// </summary>
    [Fact]
    public void SegLenWeighsTheReplay()
    {
        Assert.Equal([2], Sequences.VictimsOf<SegLen>([50, 5, 40, 4], [0.85]));
        Assert.Equal([1], Sequences.VictimsOf<SegLen>([50, 5, 40, 4], [0]));
    }

    /// <summary>Cost over idle time at tick 6: 50 tokens over 4 ticks are 12.5, 5 tokens over 2 are 2.5 (FLOPs are all but linear here). The second goes.</summary>
    [Fact]
    public void PensieveDividesTheCostByTheIdleTime()
    {
        Assert.Equal([2], Sequences.VictimsOf<Pensieve>([50, 5, 4], []));
        Assert.Equal([1], Sequences.VictimsOf<Pensieve>([5, 50, 4], []));
    }

    /// <summary>Nothing is learnt yet, so the oldest goes, whatever turn it was.</summary>
    [Fact]
    public void KvCacheInTheWildBeginsAsLru()
        => Assert.Equal([1, 2], Sequences.Victims<KvCacheInTheWild>(2, [new(Turn: 3), new(Turn: 1), new(Turn: 1), new(Turn: 2)]));

    /// <summary>Second turns come back once, first turns never: the first turn goes, though it was used last.</summary>
    [Fact]
    public void KvCacheInTheWildLearnsWhichTurnsComeBack()
    {
        ModelShape model = ModelShape.PaperHybrid;
        using var cache = new PrefixCache<KvCacheInTheWild>(new() { CapacityBytes = 3 * (model.CheckpointBytes + model.KvBytes(1)) });
        for (int round = 0; round < 300; round++)
        {
            Use(10_000 + round, turn: 2);
            Use(20_000 + round, turn: 1);
            Use(30_000 + round, turn: 1);
            Use(10_000 + round, turn: 2);
        }

        Use(1, turn: 2);
        Use(2, turn: 1);

        // Of two that nobody has used again, the later turn is the one that will be, though it is older.
        Assert.True(Score(1) > Score(2), $"{Score(1)} and {Score(2)}");

        double Score(int page)
            => ((FormulaSelector)cache.Selector).Score(Enumerable.Range(0, cache.Nodes.Capacity).Single(node => cache.Nodes.IsLive(node) && !cache.Nodes.IsRoot(node) && cache.Nodes.EdgeKey(node) == page), cache.Now + 1);

        void Use(int page, int turn)
        {
            Lease lease = cache.Lookup([page], hints: new() { Turn = turn });
            cache.Commit(lease, [page]);
        }
    }
}
