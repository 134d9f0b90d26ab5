namespace Squelch.Tool;

/// <summary>The token hit rates between which a policy can be judged, on one trace at one capacity.</summary>
/// <param name="Lru">LRU.</param>
/// <param name="Offline">The best of the rules that know the future; no proven bound, a policy may exceed it.</param>
/// <param name="Endless">LRU with endless room: no policy of the same admission exceeds it.</param>
/// <param name="Reusable">What was seen before: no policy of any admission exceeds it, as <see cref="TraceInfo.ReusableShare"/>.</param>
/// <param name="FootprintBytes">What LRU with endless room holds in the end.</param>
internal sealed record Bounds(double Lru, double Offline, double Endless, double Reusable, long FootprintBytes)
{
    /// <summary>Below this, what lies between LRU and the bound is nothing to compete for.</summary>
    private const double LeastWay = 0.005;

    /// <summary>0 at LRU, 1 at the bound; null where they are less than half a point apart.</summary>
    public double? ShareOfWay(double hitRate) => Offline - Lru < LeastWay ? null : (hitRate - Lru) / (Offline - Lru);
}
