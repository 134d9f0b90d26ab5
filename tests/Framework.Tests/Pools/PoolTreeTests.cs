using Squelch.Policies;

namespace Squelch.Tests.Pools;

/// <summary>Entries with parents: who is a candidate, what an entry holds, and where its tokens lie.</summary>
public sealed class PoolTreeTests
{
    [Fact]
    public void ParentsJoinTheCandidatesAsTheirLastChildGoes()
    {
        using var pool = new VictimPool<Lru>();
        pool.Apply([PoolChange.Insert(0, 1), PoolChange.Insert(1, 2, parent: 0), PoolChange.Insert(2, 3, parent: 0), PoolChange.Insert(3, 4)]);
        Assert.Equal(3, pool.CandidateCount);
        int[] victims = new int[3];

        Assert.True(pool.TryEvict(5, victims));

        Assert.Equal([1, 2, 0], victims);
    }

    [Fact]
    public void AHeldEntryStaysAndKeepsItsParents()
    {
        using var pool = new VictimPool<Lru>();
        pool.Apply([PoolChange.Insert(0, 1), PoolChange.Insert(1, 2, parent: 0, flags: PoolFlags.Held), PoolChange.Insert(2, 3)]);
        int[] victims = new int[2];
        Assert.False(pool.TryEvict(5, victims));
        Assert.Equal(1, pool.Peek(5, victims));
        Assert.Equal(2, victims[0]);
        pool.Apply([PoolChange.Hold(2), PoolChange.Hold(2), PoolChange.Release(1)]);
        Assert.True(pool.TryEvict(5, victims));
        Assert.Equal([1, 0], victims);
    }

    /// <summary>Under Marconi an entry with one child can go: the child then goes on from the entry above, with the tokens, bytes and cost of both.</summary>
    [Fact]
    public void TheOnlyChildTakesOverWhatAVictimHeld()
    {
        using var pool = new VictimPool<Marconi>(new Marconi { Alpha = 0 });
        pool.Apply([PoolChange.Insert(0, 1, tokens: 10, bytes: 100, flops: 5), PoolChange.Insert(1, 2, parent: 0, tokens: 20, bytes: 300, flops: 7)]);
        NodeTable nodes = ((FormulaSelector)pool.Selector).Nodes;
        int child = Enumerable.Range(0, nodes.Capacity).Single(node => nodes.IsLive(node) && nodes.DepthTokens(node) == 30);
        int[] victim = new int[2];
        Assert.Equal(2, pool.Peek(9, victim));
        Assert.Equal([0, 1], victim);
        Assert.Equal((20, 300L, 7.0, 400L, 12.0), Sizes());

        Assert.True(pool.TryEvict(9, victim.AsSpan(0, 1)));

        Assert.Equal((30, 400L, 12.0, 400L, 12.0), Sizes());
        Assert.True(pool.Contains(1));

        (int, long, double, long, double) Sizes() => (nodes.Tokens(child), nodes.KvBytes(child), nodes.FlopsSaved(child), nodes.PathBytes(child), nodes.PathFlops(child));
    }

    [Fact]
    public void AnEntryWithoutAParentLiesWhereItsTokensSay()
    {
        ModelShape model = ModelCatalog.Find("tiny");
        using var pool = new VictimPool<Marconi>(new Marconi { Alpha = 1 }, new VictimPoolOptions { Model = model });
        pool.Apply([PoolChange.Insert(0, 1, endTokens: 4096, tokens: 16, flags: PoolFlags.Checkpoint)]);
        NodeTable nodes = ((FormulaSelector)pool.Selector).Nodes;
        int node = Enumerable.Range(0, nodes.Capacity).Single(node => nodes.IsLive(node) && !nodes.IsRoot(node));

        Assert.Equal((16, 4096), (nodes.Tokens(node), nodes.DepthTokens(node)));
        Assert.Equal(model.KvBytes(16) + model.CheckpointBytes, nodes.BytesHeld(node));
        Assert.Equal(model.TotalFlops(4096) - model.TotalFlops(4080), nodes.FlopsSaved(node));
    }

    /// <summary>A radix tree cuts an edge: the upper part comes in, and the lower moves under it with its children.</summary>
    [Fact]
    public void AnEdgeThatIsCutKeepsItsEnd()
    {
        using var pool = new VictimPool<Lru>();
        pool.Apply([PoolChange.Insert(0, 1, tokens: 100, bytes: 1000, flops: 50), PoolChange.Insert(1, 2, parent: 0, tokens: 10, bytes: 10, flops: 1)]);
        pool.Apply([PoolChange.Insert(2, 3, tokens: 40, bytes: 400, flops: 20), PoolChange.Edge(0, parent: 2, bytes: 600, flops: 30)]);
        NodeTable nodes = ((FormulaSelector)pool.Selector).Nodes;
        int node = Enumerable.Range(0, nodes.Capacity).Single(node => nodes.IsLive(node) && nodes.DepthTokens(node) == 100);

        Assert.Equal((60, 600L, 30.0, 1000L, 50.0), (nodes.Tokens(node), nodes.KvBytes(node), nodes.FlopsSaved(node), nodes.PathBytes(node), nodes.PathFlops(node)));
        Assert.Equal(1, pool.CandidateCount);
        int[] victims = new int[3];
        Assert.True(pool.TryEvict(4, victims));
        Assert.Equal([1, 0, 2], victims);
    }

    [Fact]
    public void AClearedPoolTakesAllSlotsAgain()
    {
        using var pool = new VictimPool<Lru>();
        for (int pass = 0; pass < 2; pass++)
        {
            pool.Apply([PoolChange.Insert(5, 1), PoolChange.Insert(3, 1, parent: 5, flags: PoolFlags.Held), PoolChange.Insert(4, 1, parent: 3)]);
            Assert.Equal((3, 1), (pool.Count, pool.CandidateCount));
            pool.Clear();
            Assert.Equal((0, 0), (pool.Count, pool.CandidateCount));
            Assert.False(pool.TryEvict(1, new int[1]));
        }
    }

    /// <summary>Entries that stand before all candidates in the order of a list are walked over once, not at each selection.</summary>
    [Fact]
    public void ATouchMovesWhatIsHeldInFrontOfAListBackIntoPlay()
    {
        using var pool = new VictimPool<Lru>();
        pool.Apply([PoolChange.Insert(0, 1, flags: PoolFlags.Held), PoolChange.Insert(1, 2), PoolChange.Insert(2, 3), PoolChange.Insert(3, 4)]);
        int[] one = new int[1];
        Assert.Equal((1, 1), (pool.Peek(5, one), one[0]));
        pool.Apply([PoolChange.Touch(1, 5)]);
        Assert.Equal((1, 2), (pool.Peek(5, one), one[0]));
        pool.Apply([PoolChange.Release(0)]);
        Assert.Equal((1, 0), (pool.Peek(5, one), one[0]));
        Assert.Equal((1, 2), (pool.Peek(5, one, [0]), one[0]));
        Assert.True(pool.TryEvict(5, new int[4]));
    }
}
