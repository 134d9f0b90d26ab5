namespace Squelch.Policies;

/// <summary>
/// The most recently used leaf: best where requests come round in a circle that does not fit (Chou and DeWitt, VLDB 1985), bad elsewhere.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct Mru
{
#pragma warning disable SQ2006 // It is meant to evict the newest.
    [Score] static double Score(double lastAccess) => -lastAccess;
}
