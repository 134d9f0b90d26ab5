namespace Squelch.Policies;

/// <summary>
/// A rule that knows the future, not a policy for an engine: the node that will save the fewest FLOPs per byte and tick of waiting for its next use goes. It knows the
/// future, as Belady does, and weighs what each node costs.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Path)]
public readonly partial struct OfflineGreedy
{
    [Score] static double Score(double now, double nextUse, double flopsSaved, double bytesHeld)
        => flopsSaved / bytesHeld / Math.Max(nextUse - now, 1);
}
