namespace Squelch.Policies;

/// <summary>
/// LRU-2 (O'Neil, O'Neil and Weikum, SIGMOD 1993): the leaf whose last use but one lies farthest back; what was used once goes first, the longest
/// idle of it before the rest.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct LruK
{
    // Declared before Last, so that it takes Last's value from before the hit.
    [Feature(Unit.Ticks), OnInsert] static double LastButOne(double continues, double parentLastButOne) => continues > 0 ? parentLastButOne : 0;

    [Feature(Unit.Ticks), OnHit] static double LastButOne(double last) => last;

    [Feature(Unit.Ticks), OnInsert, OnHit] static double Last(double now) => now;

    [Score] static double Distance(double lastButOne) => lastButOne;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
