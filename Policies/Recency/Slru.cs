namespace Squelch.Policies;

/// <summary>
/// Segmented LRU (Karedla, Love and Wherry, Computer 1994) whose protected segment has no limit: leaves that were used once go before those that were
/// used again, by last use in each. SGLang offers the same order.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Slru
{
    [Feature(Unit.Count), OnInsert] static double Uses(double continues, double parentUses) => continues > 0 ? parentUses : 1;

    [Feature(Unit.Count), OnHit] static double Uses(double uses) => uses + 1;

    [Score] static double Segment(double uses) => uses >= 2 ? 1 : 0;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
