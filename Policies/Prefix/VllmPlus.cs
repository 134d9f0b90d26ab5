namespace Squelch.Policies;

/// <summary>
/// vLLM's block cache for hybrid models: the baseline vLLM+ of the Marconi paper (section 5.1). A checkpoint per block of 32 tokens, whole blocks
/// alone are kept, and the least recently used leaf block goes.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
[Admission(Checkpoints.Interval, Every = 32)]
public readonly partial struct VllmPlus
{
    [Score] static double Score(double lastAccess) => lastAccess;
}
