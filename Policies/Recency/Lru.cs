namespace Squelch.Policies;

/// <summary>The least recently used leaf; a request refreshes its whole path.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct Lru
{
    [Score] static double Score(double lastAccess) => lastAccess;
}
