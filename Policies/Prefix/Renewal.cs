namespace Squelch.Policies;

/// <summary>
/// What a node is about to save: its tokens per byte freed, times the rate at which it will be used again. Two renewal processes use it, its session and everybody else, and each
/// comes back at its own mean gap: the rate rises while the next use comes near, and falls with the square of the wait once that is overdue. Gaps that nobody knows are the cache's own means.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Trim = 64)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken | Checkpoints.Logarithmic, Every = 512)]
public readonly partial struct Renewal
{
    /// <summary>The mean gap of sessions, of requests that went on with one, whether they hit or not.</summary>
    [PolicyState] double Pace { get; init; }

    /// <summary>The mean gap of nodes that were used again, for traffic without sessions.</summary>
    [PolicyState] double Wait { get; init; }

    [Score]
    static double Worth(double now, double lastAccess, double inserted, double hits, double sessionGap, double pace, double wait, double tokensLost, double bytesFreed)
    {
        double idle = now - lastAccess;
        double own = Rate(idle, sessionGap < double.PositiveInfinity ? sessionGap : pace > 0 ? pace : wait);
        double shared = hits > 1 ? Rate(idle, (lastAccess - inserted) / (hits - 1)) : 0;

        // At least 1 each: a node with a child has nothing to lose and nothing to free under attention alone, and stays.
        return (own + shared) * Math.Max(tokensLost, 1) / Math.Max(bytesFreed, 1);
    }

    [OnInsert(nameof(Pace))]
    static double LearnPace(double pace, double sessionGap) => sessionGap < double.PositiveInfinity ? Learn(pace, sessionGap) : pace;

    [OnHit(nameof(Wait))]
    static double LearnWait(double wait, double lastAccess, double inserted, double hits) => Learn(wait, (lastAccess - inserted) / Math.Max(hits - 1, 1));

    /// <summary>1 / (2 - x) up to the due time, 1 / x^2 past it, per gap.</summary>
    static double Rate(double idle, double gap)
    {
        double mean = Math.Max(gap, 1);
        double overdue = Math.Max(idle / mean, 1);
        return 1 / ((2 - Math.Min(idle / mean, 1)) * overdue * overdue * mean);
    }

    static double Learn(double mean, double gap) => mean > 0 ? mean + (gap - mean) / 64 : gap;
}
