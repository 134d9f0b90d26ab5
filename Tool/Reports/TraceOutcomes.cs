namespace Squelch.Tool;

/// <summary>All outcomes of one trace.</summary>
internal sealed class TraceOutcomes
{
    private TraceOutcomes(Trace trace, IReadOnlyList<ReplayOutcome> all)
    {
        Trace = trace;
        All = all;
        Capacities = [.. all.Select(outcome => outcome.Cell.CapacityBytes).Distinct().Order()];
        Policies = [.. all.Select(outcome => outcome.Cell.Policy).Distinct()];
        Focus = Capacities.MaxBy(WayAt);
    }

    /// <summary>The trace.</summary>
    public Trace Trace { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ReplayOutcome> All { get; }

    /// <summary>From small to large.</summary>
    public IReadOnlyList<long> Capacities { get; }

    /// <summary>In the order of the plan; the place of a policy is the number of its colour.</summary>
    public IReadOnlyList<PolicySettings> Policies { get; }

    /// <summary>The capacity at which policies differ most: between LRU and the bound, or without bounds among themselves.</summary>
    public long Focus { get; }

    /// <summary>The outcomes by trace, in the order of the plan.</summary>
    public static IReadOnlyList<TraceOutcomes> Of(IReadOnlyList<ReplayOutcome> outcomes)
        => [.. outcomes.GroupBy(outcome => outcome.Cell.Trace, (IEqualityComparer<Trace>)ReferenceEqualityComparer.Instance).Select(group => new TraceOutcomes(group.Key, [.. group]))];

    /// <summary>The outcomes at a capacity, in the order of the plan.</summary>
    public IReadOnlyList<ReplayOutcome> At(long capacity) => [.. All.Where(outcome => outcome.Cell.CapacityBytes == capacity)];

    /// <summary>The number of a policy's colour.</summary>
    public int ColourOf(ReplayOutcome outcome) => Policies.Index().First(policy => policy.Item == outcome.Cell.Policy).Index;

    private double WayAt(long capacity)
    {
        IReadOnlyList<ReplayOutcome> outcomes = At(capacity);
        return outcomes[0].Bounds is { } bounds
            ? bounds.Offline - bounds.Lru
            : outcomes.Max(outcome => outcome.Result.TokenHitRate) - outcomes.Min(outcome => outcome.Result.TokenHitRate);
    }
}
