namespace Squelch.Policies;

/// <summary>
/// The least recently used goes, as under Marconi at alpha 0. Besides branch point and end, a request leaves checkpoints behind at doubling distances from the root: whoever parts from it behind
/// the first of them goes on from at least half of what both share, for a number of checkpoints that grows with the logarithm of the length.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Deepest)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken | Checkpoints.Logarithmic, Every = 512)]
public readonly partial struct DoublingCheckpoints
{
    [Score] static double Score(double lastAccess) => lastAccess;
}
