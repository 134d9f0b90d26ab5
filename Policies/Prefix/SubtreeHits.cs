namespace Squelch.Policies;

/// <summary>
/// As <see cref="ReplayPerByte"/>, times the requests that used the node or anything below it, evicted ones included: a prefix of many sessions stays, though each
/// goes on from somewhere deeper. Among equals, such as what nobody could go on from, the one with the least below it goes.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Checkpoints, Trim = 32)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
public readonly partial struct SubtreeHits
{
    [Score]
    static double Rate(double now, double lastAccess, double subtreeHits, double tokensLost, double bytesFreed)
        => subtreeHits * tokensLost / bytesFreed / Math.Max(now - lastAccess, 1);

    [Score(Order = 1)] static double Below(double subtreeBytes) => subtreeBytes;
}
