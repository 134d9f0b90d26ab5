namespace Squelch.Tool;

/// <summary>What there is to say about policies at one capacity.</summary>
internal enum FindingKind
{
    /// <summary>All requests fitted, and all policies did the same.</summary>
    NothingEvicted,

    /// <summary>All requests fitted: policies differ by what they admit.</summary>
    AdmissionAlone,

    /// <summary>Not even an endless cache has a hit.</summary>
    NothingReusable,

    /// <summary>There was something to hit, but no policy did.</summary>
    NoHit,

    /// <summary>All policies know the future, so none can win.</summary>
    FutureAlone,

    /// <summary>The best one is surely better than LRU.</summary>
    Better,

    /// <summary>The best one is better than LRU, and how surely is unknown.</summary>
    BetterUnjudged,

    /// <summary>The best one's gain over LRU may as well be chance.</summary>
    Unsure,

    /// <summary>LRU is as good as the best one, or better.</summary>
    NotBetter,

    /// <summary>LRU was not replayed.</summary>
    WithoutLru,
}

/// <summary>What one capacity of a trace shows.</summary>
/// <param name="Kind">What there is to say.</param>
/// <param name="Capacity">The capacity in bytes.</param>
/// <param name="Winner">The best of the policies that do not know the future; of all, where there is no other.</param>
/// <param name="Outcome">The winner's.</param>
/// <param name="Lru">LRU's hit rate; null where it was not replayed.</param>
internal sealed record Finding(FindingKind Kind, long Capacity, EqualPolicies Winner, ReplayOutcome Outcome, double? Lru)
{
    /// <summary>The winner's hit rate minus LRU's.</summary>
    public double Gain => Outcome.Result.TokenHitRate - Lru!.Value;

    /// <summary>The best offline rule's hit rate minus LRU's; null where the bounds were left out.</summary>
    public double? OfflineGain => Outcome.Bounds is { } bounds ? bounds.BestOfflineRule - bounds.Lru : null;

    /// <summary>The upper bound minus LRU's hit rate; null where the bounds were left out.</summary>
    public double? BoundGain => Outcome.Bounds is { } bounds ? bounds.UpperBound - bounds.Lru : null;

    /// <summary>Finds it.</summary>
    /// <param name="policies">Equal ones together.</param>
    /// <param name="at">The outcomes of one trace at one capacity.</param>
    public static Finding Of(IReadOnlyList<EqualPolicies> policies, IReadOnlyList<ReplayOutcome> at)
    {
        // Of policies that are equal at this capacity alone, LRU wins: the others gain nothing over it.
        (EqualPolicies winner, ReplayOutcome best) = policies
            .Select(equal => (Policies: equal, Outcome: at.First(outcome => outcome.Cell.Policy == equal.First)))
            .OrderBy(row => row.Policies.NeedsFuture)
            .ThenByDescending(row => row.Outcome.Result.HitTokens)
            .ThenByDescending(row => row.Policies.Policies.Any(AlwaysShown.IsLru))
            .First();
        double? lru = best.Bounds?.Lru ?? at.FirstOrDefault(outcome => AlwaysShown.IsLru(outcome.Cell.Policy))?.Result.TokenHitRate;
        return new(KindOf(best, at, lru), best.Cell.CapacityBytes, winner, best, lru);
    }

    private static FindingKind KindOf(ReplayOutcome best, IReadOnlyList<ReplayOutcome> at, double? lru)
    {
        if (at.All(outcome => outcome.Result is { LeafEvictions: 0, JoinEvictions: 0, NotAdmitted: 0 }))
        {
            return at.Select(outcome => outcome.Result.HitTokens).Distinct().Count() > 1 ? FindingKind.AdmissionAlone
                : best.Result.HitTokens == 0 ? FindingKind.NothingReusable
                : FindingKind.NothingEvicted;
        }

        return best.Result.HitTokens == 0 ? (best.Bounds is { Endless: 0 } ? FindingKind.NothingReusable : FindingKind.NoHit)
            : best.NeedsFuture ? FindingKind.FutureAlone
            : lru is null ? FindingKind.WithoutLru
            : best.Result.TokenHitRate <= lru ? FindingKind.NotBetter
            : best.GainOverLru is null ? FindingKind.BetterUnjudged
            : best.GainOverLru is { Low: > 0 } ? FindingKind.Better
            : FindingKind.Unsure;
    }
}
