namespace Squelch.Policies;

/// <summary>
/// What many sessions share, per idle time: sessions times FLOPs saved per byte, over the time since the last use. A conversation that comes back often counts
/// once, a system prompt as often as there are conversations.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct SharedPrefix
{
    [Score]
    static double Worth(double sessions, double flopsSaved, double bytesHeld, double now, double lastAccess)
        => sessions * flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1);
}
