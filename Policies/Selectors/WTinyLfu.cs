namespace Squelch.Policies;

/// <summary>W-TinyLFU (Einziger et al., ACM TOS 2017): what leaves a small window stays only if it was asked for more often than the main part's victim.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Selector = typeof(WTinyLfuSelector))]
public readonly partial struct WTinyLfu;
