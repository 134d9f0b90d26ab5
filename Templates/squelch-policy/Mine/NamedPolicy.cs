using Squelch;

/// <summary>Keeps what would cost the most FLOPs to compute again per byte, and lets it fade with the time since its last use.</summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct NamedPolicy
{
    /// <summary>What an entry is worth: the lowest goes first. The parameters are features, bound by name; `squelch features` lists them.</summary>
    [Score]
    static double Score(double now, double lastAccess, double flopsSaved, double bytesHeld)
        => flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1);
}
