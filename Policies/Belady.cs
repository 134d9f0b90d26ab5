namespace Squelch.Policies;

/// <summary>
/// The node that is used again last, or never, goes (Belady, IBM Systems Journal 1966). It needs the hint <c>nextUse</c>, hence a trace that knows the
/// future, as oracleGeneral key traces do; without hints the node made first goes.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Belady
{
    [Score] static double Score(double nextUse) => -nextUse;
}
