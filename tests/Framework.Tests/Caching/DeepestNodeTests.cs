using Squelch.Policies;

namespace Squelch.Tests.Caching;

public sealed class DeepestNodeTests
{
    [Fact]
    public void ItLeadsToTheStatesOfWhatIsHeld()
    {
        using var cache = new PrefixCache<Lru>(new() { CapacityBytes = 4_000_000_000 });
        Assert.Equal(NodeTable.None, cache.DeepestNode([1, 2]));
        Keep(cache, [1, 2, 3, 4], 10);
        Keep(cache, [1, 2, 5, 6], 20);

        Assert.Equal([(2, 20L), (4, 21L)], Path(cache, [1, 2, 5, 6, 7]));
        Assert.Equal([(2, 20L), (4, 10L)], Path(cache, [1, 2, 3, 4]));
        Assert.Equal([(2, 20L)], Path(cache, [1, 2, 3]));
        Assert.Empty(Path(cache, [9]));
        Assert.Equal(NodeTable.None, cache.DeepestNode([1, 2], space: 1));
    }

    [Fact]
    public void ItIsNoUse()
    {
        using var cache = new PrefixCache<Lru>(new() { CapacityBytes = 4_000_000_000 });
        Keep(cache, [1, 2], 1);
        (long now, long lookups, int leases) = (cache.Now, cache.Lookups, cache.OpenLeases);
        cache.DeepestNode([1, 2]);
        Assert.Equal((now, lookups, leases), (cache.Now, cache.Lookups, cache.OpenLeases));
        cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cache.DeepestNode([1, 2]));
    }

    private static void Keep(PrefixCache cache, int[] sequence, long handle)
    {
        Lease lease = cache.Lookup(sequence);
        StateHandle[] handles = [.. cache.Plan(lease, sequence).ToArray().Select(_ => new StateHandle(handle++))];
        cache.Commit(lease, sequence, 0, handles);
    }

    private static List<(int Tokens, long Handle)> Path(PrefixCache cache, int[] sequence)
    {
        List<(int, long)> path = [];
        for (int node = cache.DeepestNode(sequence); !cache.Nodes.IsRoot(node); node = cache.Nodes.Parent(node))
        {
            path.Insert(0, (cache.Nodes.DepthTokens(node), cache.Nodes.Handle(node).Value));
        }

        return path;
    }
}
