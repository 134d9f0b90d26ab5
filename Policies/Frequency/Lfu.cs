namespace Squelch.Policies;

/// <summary>The least frequently used leaf; among equals the least recently used.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Lfu
{
    [Feature(Unit.Count), OnInsert] static double Uses(double continues, double parentUses) => continues > 0 ? parentUses : 1;

    [Feature(Unit.Count), OnHit] static double Uses(double uses) => uses + 1;

    [Score] static double Frequency(double uses) => uses;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
