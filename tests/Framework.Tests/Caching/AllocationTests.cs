using Squelch.Policies;
using Squelch.Tests.Golden;
using Squelch.Tests.Reference;

namespace Squelch.Tests.Caching;

/// <summary>After warm-up nothing allocates: the same trace is replayed through one cache again and again.</summary>
public class AllocationTests
{
    private const long Capacity = 4_000_000_000;

    [Fact]
    public void MarconiAllocatesNothing() => AssertNoAllocation(new PrefixCache<Marconi>(new Marconi { Alpha = 1 }, Options()));

    [Fact]
    public void ATunedCacheAllocatesNothing()
    {
        var cache = new PrefixCache<Marconi>(Options() with { Tuning = new() { Mode = TuningMode.Synchronous } });
        AssertNoAllocation(cache);
        Assert.Equal(TuningState.Done, cache.Tuning.State);
    }

    /// <summary>A shadow tuner goes on recording, in the room that it has by then; between two of its races nothing allocates.</summary>
    [Fact]
    public void ACacheWithAShadowTunerAllocatesNothing()
    {
        var cache = new PrefixCache<MarconiShadow>(Options() with { Tuning = new() { Mode = TuningMode.Synchronous, MostBytes = 1 << 20 } });
        Trace trace = GoldenTraces.Load("agent-small_sps=1_art=7.5_nums=12");
        int choices;
        long allocated;
        int passes = 0;
        do
        {
            choices = cache.Tuning.Choices;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Pass(cache, trace);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (++passes < 8 || choices == 0 || choices != cache.Tuning.Choices);

        Assert.Equal(0, allocated);
        Assert.Equal(TuningState.Recording, cache.Tuning.State);
        Assert.InRange(choices, 1, 20);
    }

    /// <summary>A formula that chooses checkpoints is computed within commits and lookups, with tunables and what was learnt of former ends.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void AChoiceOfCheckpointsAllocatesNothing(int best)
        => AssertNoAllocation(new PrefixCache(
            Lru.Descriptor with
            {
                Admission = new(Checkpoints.BranchPoint | Checkpoints.LastToken | Checkpoints.Logarithmic | Checkpoints.BranchLag, Every: 16, Align: 1)
                {
                    LeastSaving = 8,
                    Formula = new("Worth", "", Above: 4, best, BuiltInFeatures.OfPlaces, static (in CheckpointPlace at) => at.FromLastCheckpoint + (at.ToEnd / (1 + at.BranchLag)) + at.Tunables[0]) { Tunables = [1.0] },
                },
            },
            Options(),
            default(Lru).CreateSelector));

    [Fact]
    public void SglangPlusAllocatesNothing() => AssertNoAllocation(new PrefixCache<SglangPlus>(Options()));

    [Fact]
    public void VllmPlusAllocatesNothing() => AssertNoAllocation(new PrefixCache<VllmPlus>(Options()));

    [Fact]
    public void RandomNodeAllocatesNothing() => AssertNoAllocation(new PrefixCache<RandomNode>(Options()));

    [Fact]
    public void GdsfAllocatesNothing() => AssertNoAllocation(new PrefixCache<Gdsf>(Options()));

    [Fact]
    public void HyperbolicAllocatesNothing() => AssertNoAllocation(new PrefixCache<Hyperbolic>(Options()));

    [Fact]
    public void TailLruAllocatesNothing() => AssertNoAllocation(new PrefixCache<TailLru>(Options() with { Model = ModelCatalog.Find("transformer-7b") }));

    /// <summary>Checkpoints go alone and come back, and what lies above and below a node is kept.</summary>
    [Fact]
    public void SubtreeHitsAllocatesNothing() => AssertNoAllocation(new PrefixCache<SubtreeHits>(Options()));

    [Fact]
    public void LfuAllocatesNothing() => AssertNoAllocation(new PrefixCache<Lfu>(Options()));

    [Fact]
    public void JoinedBlocksAllocateNothing()
    {
        var cache = new PrefixCache<JoiningBlocks>(Options());
        AssertNoAllocation(cache);
        Assert.True(cache.JoinEvictions > 0, "blocks are joined");
    }

    private static PrefixCacheOptions Options() => new() { CapacityBytes = Capacity };

    private static void AssertNoAllocation(PrefixCache cache)
    {
        Trace trace = GoldenTraces.Load("agent-small_sps=1_art=7.5_nums=12");
        for (int pass = 0; pass < 3; pass++)
        {
            Pass(cache, trace);
        }

        // What the cache allocates comes again in the second pass; what the runtime takes once, while it compiles anew, does not.
        long least = long.MaxValue;
        for (int pass = 0; pass < 2; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long evictions = cache.LeafEvictions;
            Pass(cache, trace);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(cache.LeafEvictions > evictions, "the measured pass evicts");
        }

        Assert.Equal(0, least);
    }

    private static void Pass(PrefixCache cache, Trace trace)
    {
        for (int i = 0; i < trace.Requests.Count; i++)
        {
            Request request = trace.Requests[i];
            ReadOnlySpan<int> pages = request.Pages.Span;
            Lease lease = cache.Lookup(pages[..request.InputPages]);
            cache.Plan(lease, pages);
            cache.Commit(lease, pages);
        }
    }
}
