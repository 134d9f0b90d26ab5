namespace Squelch.Policies;

/// <summary>
/// SGLang's radix cache with Marconi's admission: the baseline SGLang+ of the Marconi paper (section 5.1). The least recently used leaf goes;
/// a request refreshes its whole path and a partially matched child, as SGLang's radix_cache.py does.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
public readonly partial struct SglangPlus
{
    [Score] static double Score(double lastAccess) => lastAccess;
}
