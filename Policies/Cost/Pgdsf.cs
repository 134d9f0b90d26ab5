namespace Squelch.Policies;

/// <summary>
/// Prefix-aware GDSF (RAGCache, Jin et al., ACM TOCS 2025): hits times the mean cost per token over the node's uses, plus the clock that victims raise.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Pgdsf
{
    [PolicyState] double Clock { get; init; }

    [Feature, OnInsert] static double MeanCost(double flopsSaved, double tokens) => flopsSaved / tokens;

    [Feature, OnHit] static double MeanCost(double meanCost, double flopsSaved, double tokens, double hits) => meanCost + (flopsSaved / tokens - meanCost) / hits;

    [Feature, OnInsert, OnHit] static double Worth(double hits, double meanCost, double clock) => clock + hits * meanCost;

    [Score] static double Score(double worth) => worth;

    [OnEvict(nameof(Clock))] static double Advance(double clock, double victimScore) => Math.Max(clock, victimScore);
}
