using Squelch;

namespace HelloPolicy;

/// <summary>Keeps what would cost the most FLOPs to compute again per byte, and lets it fade with the time since its last use.</summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct Cheapest
{
    [Score]
    static double Score(double now, double lastAccess, double flopsSaved, double bytesHeld)
        => flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1);
}
