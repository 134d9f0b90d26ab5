using Squelch;

/// <summary>Keeps what costs the most to make again per byte, and lets it fade with the time since its last use.</summary>
[EvictionPolicy]
public readonly partial struct NamedPolicy
{
    /// <summary>What an entry is worth: the lowest goes first. The parameters are features, bound by name; of a key, flopsSaved is the cost.</summary>
    [Score]
    static double Score(double now, double lastAccess, double flopsSaved, double bytesHeld)
        => flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1);
}
