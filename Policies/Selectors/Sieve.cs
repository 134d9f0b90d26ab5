namespace Squelch.Policies;

/// <summary>SIEVE (Zhang et al., NSDI 2024): first in, first out, but what was used since the hand last passed is spared once, where it stands.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Selector = typeof(SieveSelector))]
public readonly partial struct Sieve;
