using Squelch.Policies;

namespace Squelch.Native;

/// <summary>The policies of Squelch.Policies. Nothing is looked up by reflection, which code that is compiled ahead of time does not have.</summary>
internal static class BuiltInPolicies
{
    public static NativePolicy[] All { get; } =
    [
        NativePolicy.Of<AdaptiveQuery>(),
        NativePolicy.Of<Arc>(),
        NativePolicy.Of<Belady>(),
        NativePolicy.Of<DoublingCheckpoints>(),
        NativePolicy.Of<ExpectedSaving>(),
        NativePolicy.Of<Fifo>(),
        NativePolicy.Of<FollowerRobust>(),
        NativePolicy.Of<Gdsf>(),
        NativePolicy.Of<GreedyDualSize>(),
        NativePolicy.Of<Hyperbolic>(),
        NativePolicy.Of<KvCacheInTheWild>(),
        NativePolicy.Of<Lfu>(),
        NativePolicy.Of<LfuDa>(),
        NativePolicy.Of<Lhd>(),
        NativePolicy.Of<Lrfu>(),
        NativePolicy.Of<Lru>(),
        NativePolicy.Of<LruK>(),
        NativePolicy.Of<Marconi>(),
        NativePolicy.Of<MarconiShadow>(),
        NativePolicy.Of<Mru>(),
        NativePolicy.Of<OfflineGreedy>(),
        NativePolicy.Of<OwnPace>(),
        NativePolicy.Of<Pensieve>(),
        NativePolicy.Of<Pgdsf>(),
        NativePolicy.Of<Priority>(),
        NativePolicy.Of<RandomCompute>(),
        NativePolicy.Of<RandomLeaf>(),
        NativePolicy.Of<RandomNode>(),
        NativePolicy.Of<Renewal>(),
        NativePolicy.Of<ReplayPerByte>(),
        NativePolicy.Of<ReuseGap>(),
        NativePolicy.Of<ReuseRate>(),
        NativePolicy.Of<S3Fifo>(),
        NativePolicy.Of<SegLen>(),
        NativePolicy.Of<SglangPlus>(),
        NativePolicy.Of<SharedPrefix>(),
        NativePolicy.Of<Sieve>(),
        NativePolicy.Of<Slru>(),
        NativePolicy.Of<SubtreeHits>(),
        NativePolicy.Of<TailLru>(),
        NativePolicy.Of<TailOptimizedLru>(),
        NativePolicy.Of<Ttl>(),
        NativePolicy.Of<VllmPlus>(),
        NativePolicy.Of<WTinyLfu>(),
        NativePolicy.Of<WorthwhileCheckpoints>(),
    ];
}
