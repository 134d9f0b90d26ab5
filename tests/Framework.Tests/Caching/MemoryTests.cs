using Squelch.Policies;

namespace Squelch.Tests.Caching;

/// <summary>Runs alone: the heap is the process's, and what other tests hold would be counted.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public class AloneOnTheHeap;

/// <summary>Bytes per node besides its pages, everything on the heap counted.</summary>
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    private const int Nodes = 200_000;

    [Fact]
    public void MarconiHoldsAtMost96BytesPerNode() => Check(options => new PrefixCache<Marconi>(options with { Tuning = new() { Mode = TuningMode.Off } }));

    [Fact]
    public void LruHoldsAtMost96BytesPerNode() => Check(options => new PrefixCache<Lru>(options));

    private static void Check(Func<PrefixCacheOptions, PrefixCache> create)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        PrefixCache cache = create(new PrefixCacheOptions { CapacityBytes = long.MaxValue / 4 });
        int[] sequence = new int[2];
        for (int i = 0; i < Nodes; i++)
        {
            (sequence[0], sequence[1]) = (i, i);
            cache.Commit(cache.Lookup(sequence), sequence);
        }

        long held = GC.GetTotalMemory(forceFullCollection: true) - before - cache.Tree.Edges.PageBytes;

        // Columns grow by halves: count what each slot costs, not what is still free.
        double slots = cache.Nodes.Capacity;
        Assert.InRange(held / slots, 48, 96);
        Assert.Equal(Nodes, cache.NodeCount);
        GC.KeepAlive(cache);
    }
}
