namespace Squelch.Policies;

/// <summary>
/// What has to be computed again per byte that is freed, over the idle time, of each thing that can go by itself: a leaf, its last tokens where the model has no
/// checkpoints, or a checkpoint at any node. The tokens count from the nearest checkpoint that is still held, so that of two neighbours one stays.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Checkpoints, Trim = 32)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
public readonly partial struct ReplayPerByte
{
    [Score]
    static double Rate(double now, double lastAccess, double tokensLost, double bytesFreed) => tokensLost / bytesFreed / Math.Max(now - lastAccess, 1);
}
