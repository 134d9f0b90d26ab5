using Squelch;

namespace WebCache;

/// <summary>Keeps what took long to load and is asked for often, and lets it fade with the seconds since its last use.</summary>
[EvictionPolicy]
public readonly partial struct LoadTime
{
    [Score]
    static double Score(double now, double lastAccess, double hits, double cost) => hits * cost / Math.Max(now - lastAccess, 1);
}
