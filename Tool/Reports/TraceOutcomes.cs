using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>All outcomes of one trace.</summary>
internal sealed class TraceOutcomes
{
    /// <summary>As many lines as there are colours.</summary>
    public const int MostDrawn = 12;

    private TraceOutcomes(Trace trace, IReadOnlyList<ReplayOutcome> all)
    {
        Trace = trace;
        All = all;
        Capacities = [.. all.Select(outcome => outcome.Cell.CapacityBytes).Distinct().Order()];
        Policies = [.. all.Select(outcome => outcome.Cell.Policy).Distinct()];
        Focus = Capacities.MaxBy(WayAt);
        Drawn = Policies.Count <= MostDrawn ? Policies : [.. At(Focus)
            .OrderByDescending(outcome => outcome.Result.Policy == nameof(Lru))
            .ThenBy(outcome => outcome.NeedsFuture)
            .ThenByDescending(outcome => outcome.Result.TokenHitRate)
            .Take(MostDrawn)
            .Select(outcome => outcome.Cell.Policy)];
    }

    /// <summary>The trace.</summary>
    public Trace Trace { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ReplayOutcome> All { get; }

    /// <summary>From small to large.</summary>
    public IReadOnlyList<long> Capacities { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<PolicySettings> Policies { get; }

    /// <summary>Those that have a line in the charts: all, or LRU and the best where there are more than can be told apart. The place of a policy is the number of its colour.</summary>
    public IReadOnlyList<PolicySettings> Drawn { get; }

    /// <summary>The capacity at which policies differ most: between LRU and the bound, or without bounds among themselves.</summary>
    public long Focus { get; }

    /// <summary>The outcomes by trace, in the order of the plan.</summary>
    public static IReadOnlyList<TraceOutcomes> Of(IReadOnlyList<ReplayOutcome> outcomes)
        => [.. outcomes.GroupBy(outcome => outcome.Cell.Trace, (IEqualityComparer<Trace>)ReferenceEqualityComparer.Instance).Select(group => new TraceOutcomes(group.Key, [.. group]))];

    /// <summary>The outcomes at a capacity, in the order of the plan.</summary>
    public IReadOnlyList<ReplayOutcome> At(long capacity) => [.. All.Where(outcome => outcome.Cell.CapacityBytes == capacity)];

    /// <summary>Of the outcomes at a capacity, those that are drawn, in the order of their colours.</summary>
    public IReadOnlyList<ReplayOutcome> DrawnAt(long capacity) => [.. Drawn.SelectMany(policy => At(capacity).Where(outcome => outcome.Cell.Policy == policy))];

    /// <summary>The number of a policy's colour; that of muted text where it is not drawn.</summary>
    public int ColourOf(ReplayOutcome outcome)
    {
        for (int colour = 0; colour < Drawn.Count; colour++)
        {
            if (Drawn[colour] == outcome.Cell.Policy)
            {
                return colour;
            }
        }

        return Ink.Muted.Number;
    }

    private double WayAt(long capacity)
    {
        IReadOnlyList<ReplayOutcome> outcomes = At(capacity);
        return outcomes[0].Bounds is { } bounds
            ? bounds.Offline - bounds.Lru
            : outcomes.Max(outcome => outcome.Result.TokenHitRate) - outcomes.Min(outcome => outcome.Result.TokenHitRate);
    }
}
