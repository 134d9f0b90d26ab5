namespace Squelch.Tool;

/// <summary>The token hit rates between which a policy can be judged, on one trace at one capacity.</summary>
/// <param name="Lru">LRU.</param>
/// <param name="BestOfflineRule">The best of the rules that know the future, with the policy's admission: a target, no bound.</param>
/// <param name="BestOfflineRuleName">Which one that was.</param>
/// <param name="UpperBound">Proven: no policy of this admission exceeds it.</param>
/// <param name="UpperBoundOfAnyAdmission">Proven: no policy of any admission exceeds it.</param>
/// <param name="Endless">LRU with endless room.</param>
/// <param name="Reusable">What was seen before: no policy of any admission exceeds it, as <see cref="TraceInfo.ReusableShare"/>.</param>
/// <param name="FootprintBytes">What LRU with endless room holds in the end.</param>
internal sealed record Bounds(
    double Lru,
    double BestOfflineRule,
    string BestOfflineRuleName,
    double UpperBound,
    double UpperBoundOfAnyAdmission,
    double Endless,
    double Reusable,
    long FootprintBytes)
{
    /// <summary>Below this, what lies between LRU and a target is nothing to compete for.</summary>
    private const double LeastWay = 0.005;

    /// <summary>0 at LRU, 1 at the best offline rule; null where that is not half a point above LRU.</summary>
    public double? ShareOfWayToRule(double hitRate) => ShareOfWay(hitRate, BestOfflineRule);

    /// <summary>0 at LRU, 1 at the upper bound; null where that is not half a point above LRU.</summary>
    public double? ShareOfWayToBound(double hitRate) => ShareOfWay(hitRate, UpperBound);

    private double? ShareOfWay(double hitRate, double target) => target - Lru < LeastWay ? null : (hitRate - Lru) / (target - Lru);
}
