using Squelch;

namespace KeyValueCache;

/// <summary>Keeps what is used often for the room it takes, and lets it fade with the requests since its last use.</summary>
[EvictionPolicy]
public readonly partial struct OftenPerByte
{
    [Score]
    static double Score(double now, double lastAccess, double hits, double bytesHeld) => hits / bytesHeld / Math.Max(now - lastAccess, 1);
}
