namespace Squelch.Policies;

/// <summary>S3-FIFO (Yang et al., SOSP 2023): a small queue for what is new, a main queue for what was used, and a memory of what the small one let go.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Selector = typeof(S3FifoSelector))]
public readonly partial struct S3Fifo;
