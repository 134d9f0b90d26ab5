namespace Squelch.Policies;

/// <summary>
/// Least Hit Density (Beckmann, Chen and Cidon, NSDI 2018): the leaf with the fewest expected hits per byte and remaining time, by tables of hits and
/// evictions per age that are learnt while it runs. Exact over all candidates, where the paper samples.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Selector = typeof(LhdSelector))]
public readonly partial struct Lhd;
