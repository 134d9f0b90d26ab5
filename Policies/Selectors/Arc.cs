namespace Squelch.Policies;

/// <summary>ARC (Megiddo and Modha, FAST 2003): a list of what was used once and one of what was used again, sized by which of the two is missed.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Selector = typeof(ArcSelector))]
public readonly partial struct Arc;
