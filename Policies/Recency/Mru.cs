namespace Squelch.Policies;

/// <summary>
/// The most recently used leaf: best where requests come round in a circle that does not fit (Chou and DeWitt, VLDB 1985), bad elsewhere.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path, EvictsUsed = true)]
public readonly partial struct Mru
{
    [Score] static double Score(double lastAccess) => -lastAccess;
}
