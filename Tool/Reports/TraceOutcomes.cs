namespace Squelch.Tool;

/// <summary>All outcomes of one trace.</summary>
internal sealed class TraceOutcomes
{
    /// <summary>As many lines as there are colours, unless more policies are always shown.</summary>
    private static readonly int s_mostDrawn = Palette.Light.Count;

    private TraceOutcomes(Trace trace, IReadOnlyList<ReplayOutcome> all)
    {
        Trace = trace;
        Terms = new(trace);
        All = all;
        Capacities = [.. all.Select(outcome => outcome.Cell.CapacityBytes).Distinct().Order()];
        Policies = EqualPolicies.Of(all);
        Focus = Capacities.MaxBy(WayAt);
        Drawn = [.. Policies
            .OrderBy(equal => AlwaysShown.Rank(equal.First))
            .ThenBy(equal => equal.NeedsFuture)
            .ThenBy(equal => Capacities.Min(capacity => PlaceAt(capacity, equal)))
            .ThenByDescending(equal => OutcomeOf(equal, Focus).Result.HitTokens)
            .Take(Math.Max(s_mostDrawn, Policies.Count(equal => AlwaysShown.Includes(equal.First))))];
    }

    /// <summary>The trace.</summary>
    public Trace Trace { get; }

    /// <summary>The words for what is counted in it.</summary>
    public TraceTerms Terms { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ReplayOutcome> All { get; }

    /// <summary>From small to large.</summary>
    public IReadOnlyList<long> Capacities { get; }

    /// <summary>Equal ones together.</summary>
    public IReadOnlyList<EqualPolicies> Policies { get; }

    /// <summary>
    /// Those that have a line in the charts: those always shown, then those that are best at some capacity, as long as there are colours. The place of a
    /// policy is the number of its colour.
    /// </summary>
    public IReadOnlyList<EqualPolicies> Drawn { get; }

    /// <summary>Those that are looked at closely. Equal hits may come from other victims, so each has its own pictures.</summary>
    public IEnumerable<PolicySettings> Explained => Drawn.SelectMany(equal => equal.Named);

    /// <summary>The capacity at which policies differ most: between LRU and the bound, or without bounds among themselves.</summary>
    public long Focus { get; }

    /// <summary>The outcomes by trace, in the order of the plan.</summary>
    public static IReadOnlyList<TraceOutcomes> Of(IReadOnlyList<ReplayOutcome> outcomes)
        => [.. outcomes.GroupBy(outcome => outcome.Cell.Trace, (IEqualityComparer<Trace>)ReferenceEqualityComparer.Instance).Select(group => new TraceOutcomes(group.Key, [.. group]))];

    /// <summary>The outcome of equal policies at a capacity: that of the first.</summary>
    public ReplayOutcome OutcomeOf(EqualPolicies equal, long capacity) => OutcomeOf(equal.First, capacity);

    /// <summary>The outcome of a policy at a capacity.</summary>
    public ReplayOutcome OutcomeOf(PolicySettings policy, long capacity)
        => All.First(outcome => outcome.Cell.Policy == policy && outcome.Cell.CapacityBytes == capacity);

    /// <summary>The number of a policy's colour; that of muted text where it is not drawn.</summary>
    public int ColourOf(EqualPolicies equal)
    {
        for (int colour = 0; colour < Drawn.Count; colour++)
        {
            if (Drawn[colour] == equal)
            {
                return colour;
            }
        }

        return Ink.Muted.Number;
    }

    /// <summary>How many are as good or better, by bytes of keys or by requests, whichever is less. Where all are alike, none is in front.</summary>
    private int PlaceAt(long capacity, EqualPolicies equal)
    {
        int byTokens = Place(result => result.HitTokens);
        return Terms.IsKeys ? Math.Min(byTokens, Place(result => result.HitRequests)) : byTokens;

        int Place(Func<ReplayResult, long> hits)
        {
            long own = hits(OutcomeOf(equal, capacity).Result);
            return Policies.Count(other => other.NeedsFuture == equal.NeedsFuture && other != equal && hits(OutcomeOf(other, capacity).Result) >= own);
        }
    }

    private double WayAt(long capacity)
    {
        ReplayOutcome[] outcomes = [.. All.Where(outcome => outcome.Cell.CapacityBytes == capacity)];
        return outcomes[0].Bounds is { } bounds
            ? bounds.BestOfflineRule - bounds.Lru
            : outcomes.Max(outcome => outcome.Result.TokenHitRate) - outcomes.Min(outcome => outcome.Result.TokenHitRate);
    }
}
