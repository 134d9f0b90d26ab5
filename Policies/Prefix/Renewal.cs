namespace Squelch.Policies;

/// <summary>
/// What a node is about to save: its tokens per byte freed, times the rate at which it will be used again. Two renewal processes use it, its session and everybody else, and each
/// comes back at its own gap: the rate rises while the next use comes near, the less so the more gaps scatter, and falls with the square of the wait once that is overdue. What is not known is
/// what the cache has seen: the usual gaps, how much they scatter, how many checkpoints in the middle of a path were of use, and what the last victims were worth, below which no checkpoint is made.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Trim = 64)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken | Checkpoints.Interval | Checkpoints.BranchLag, Every = 32)]
public readonly partial struct Renewal
{
    /// <summary>How far gaps of sessions lie from Pace in the mean, in shares of it.</summary>
    [PolicyState] double Scatter { get; init; }

    /// <summary>The median gap of sessions, of requests that went on with one, whether they hit or not.</summary>
    [PolicyState] double Pace { get; init; }

    /// <summary>The mean gap of nodes that were used again.</summary>
    [PolicyState] double Wait { get; init; }

    /// <summary>The share of checkpoints in the middle of a path that are used before they go.</summary>
    [PolicyState] double Used { get; init; }

    /// <summary>What victims were worth in the mean.</summary>
    [PolicyState] double Price { get; init; }

    [Score]
    static double Worth(double now, double lastAccess, double sessionDue, double sharedDue, double children, double tokensLost, double bytesFreed, double scatter, double used)
    {
        double own = Rate(now - lastAccess, sessionDue, scatter) * (children > 0 ? Math.Clamp(used, 0, 1) : 1);
        double shared = Rate(now - lastAccess, sharedDue, scatter);

        // At least 1 each: a node with a child has nothing to lose and nothing to free under attention alone, and stays.
        return (own + shared) * Math.Max(tokensLost, 1) / Math.Max(bytesFreed, 1);
    }

    /// <summary>A checkpoint at the end always; where a request parts or sequences used to be left, and a quarter further than the last one, if it is worth more than what goes for it.</summary>
    [Checkpoint(Above = 0)]
    static double Spare(double position, double fromLastCheckpoint, double toBranch, double toLag, double toEnd, double checkpointBytes, double scatter, double pace, double wait, double used, double price)
    {
        // Where sequences used to be left, a quarter at least: with none of them, none would be seen to be of use.
        double rate = Rate(0, Usual(pace, wait), scatter) * (toBranch == 0 ? 1 : toLag == 0 ? Math.Max(used, 0.25) : used);
        return toEnd == 0 ? 1 : toBranch != 0 && toLag != 0 && 4 * fromLastCheckpoint < position ? 0 : rate * fromLastCheckpoint / Math.Max(checkpointBytes, 1) - price;
    }

    [OnInsert(nameof(Scatter))]
    static double LearnScatter(double scatter, double pace, double sessionGap) =>
        sessionGap < double.PositiveInfinity && pace > 0 ? scatter + (Math.Min(Math.Abs(sessionGap / pace - 1), 20) - scatter) / 64 : scatter;

    [OnInsert(nameof(Pace))]
    static double LearnPace(double pace, double sessionGap) =>
        sessionGap < double.PositiveInfinity ? pace > 0 ? pace * (1 + Math.Sign(sessionGap - pace) / 32.0) : sessionGap : pace;

    [OnHit(nameof(Wait))]
    static double LearnWait(double wait, double lastAccess, double inserted, double hits) => Learn(wait, (lastAccess - inserted) / Math.Max(hits - 1, 1));

    /// <summary>The gap of the node's session: its mean and the usual one, which counts as one gap more.</summary>
    [Feature(Unit.Ticks), OnInsert, OnHit]
    static double SessionDue(double turn, double sessionGap, double pace, double wait) => sessionGap < double.PositiveInfinity ? sessionGap - (sessionGap - Usual(pace, wait)) / turn : Usual(pace, wait);

    /// <summary>The gap of the node itself: of a new one the time since it went, infinity where nobody has come back to it.</summary>
    [Feature(Unit.Ticks), OnInsert]
    static double SharedDue(double evictedAgo) => evictedAgo;

    [Feature(Unit.Ticks), OnHit]
    static double SharedDue(double lastAccess, double inserted, double hits, double wait) => (lastAccess - inserted + wait) / hits;

    [OnHit(nameof(Used))]
    static double LearnUse(double used, double children) => children == 1 ? used + (1 - used) / 64 : used;

    [OnEvict(nameof(Used))]
    static double LearnWaste(double used, double children) => children == 1 ? used - used / 64 : used;

    [OnEvict(nameof(Price))]
    static double LearnPrice(double price, double victimScore) => Learn(price, victimScore);

    /// <summary>Per gap: 1 at the due time and 1 / x^2 past it; before it 1 / (2 - x) where gaps are all alike, and 1 from the start where they scatter by a whole gap.</summary>
    static double Rate(double idle, double gap, double scatter)
    {
        double mean = Math.Max(gap, 1);
        double overdue = Math.Max(idle / mean, 1);
        return 1 / ((1 + (2 / (1 + Math.Max(scatter, 0)) - 1) * (1 - Math.Min(idle / mean, 1))) * overdue * overdue * mean);
    }

    static double Usual(double pace, double wait) => pace > 0 ? pace : wait;

    static double Learn(double mean, double value) => mean > 0 ? mean + (value - mean) / 64 : value;
}
