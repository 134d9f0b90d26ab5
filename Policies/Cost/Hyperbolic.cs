namespace Squelch.Policies;

/// <summary>
/// Hyperbolic caching with FLOPs as the cost (Blankstein et al., USENIX ATC 2017): hits per time in the cache, times FLOPs saved per byte;
/// exact over all candidates, where the paper samples 64.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct Hyperbolic
{
    [Score]
    static double Score(double now, double inserted, double hits, double flopsSaved, double bytesHeld)
        => hits * flopsSaved / bytesHeld / Math.Max(now - inserted, 1);
}
