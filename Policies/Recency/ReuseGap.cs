namespace Squelch.Policies;

/// <summary>
/// LIRS's order in time (Jiang and Zhang, SIGMETRICS 2002): the node goes whose last gap between two uses, or idle time where that is longer, is the longest;
/// of those that were used once, the least recent. What comes back after an eviction has the gap since then, and what goes on where a sequence ended has that one's gap.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct ReuseGap
{
    [Feature(Unit.Ticks), OnInsert] static double Gap(double continues, double parentGap, double evictedAgo) => continues > 0 ? parentGap : evictedAgo;

    [Feature(Unit.Ticks), OnHit] static double Gap(double now, double used) => now - used;

    [Feature(Unit.Ticks), OnInsert, OnHit] static double Used(double now) => now;

    [Score] static double Nearness(double gap, double now, double lastAccess) => -Math.Max(gap, now - lastAccess);

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
