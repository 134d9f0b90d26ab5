namespace Squelch.Policies;

/// <summary>The least frequently used leaf; among equals the least recently used.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Lfu
{
    [Score] static double Frequency(double hits) => hits;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
