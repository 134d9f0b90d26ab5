namespace Squelch.Policies;

/// <summary>
/// The least recently used goes, tokens from the end of a leaf first: what block caches do on a model without checkpoints, where a request can go on from any token,
/// and without blocks. Under a model with checkpoints it is SGLang+ (Marconi, MLSys 2025, section 5.1).
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Trim = 32, Touch = Touch.Path)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
public readonly partial struct TailLru
{
    [Score] static double Score(double lastAccess) => lastAccess;
}
