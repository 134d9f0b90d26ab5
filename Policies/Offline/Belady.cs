namespace Squelch.Policies;

/// <summary>
/// A rule that knows the future, not a policy for an engine: the node whose next use as a checkpoint lies farthest ahead goes (Belady, IBM Systems Journal 1966, for prefix
/// trees). It knows the future, which a replay does, and it is blind to bytes and FLOPs.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Path)]
public readonly partial struct Belady
{
    [Score] static double Score(double nextUse) => -nextUse;
}
