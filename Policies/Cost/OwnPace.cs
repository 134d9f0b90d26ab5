namespace Squelch.Policies;

/// <summary>
/// Expected saving at the cache's own pace: the chance that a node is used again by now, which fades over the usual gap between two uses, times the FLOPs per
/// byte and per gap. Where a session's gap is not known, or longer, the gap is the mean that the cache has learned from its hits, so no constant is left.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct OwnPace
{
    [PolicyState] double Gaps { get; init; }

    [PolicyState] double MeanGap { get; init; }

    [OnHit(nameof(Gaps))] static double Count(double gaps) => Math.Min(gaps + 1, 1000);

    [OnHit(nameof(MeanGap))] static double Learn(double meanGap, double gaps, double now, double used) => meanGap + (now - used - meanGap) / Math.Max(gaps, 1);

    [Feature(Unit.Ticks), OnInsert, OnHit] static double Used(double now) => now;

    [Score]
    static double Rate(double now, double lastAccess, double sessionGap, double meanGap, double flopsSaved, double bytesHeld)
    {
        double gap = Math.Max(Math.Min(sessionGap, meanGap), 1);
        return Math.Exp(-(now - lastAccess) / gap) * flopsSaved / (bytesHeld * gap);
    }
}
