namespace Squelch.Policies;

/// <summary>
/// AdaptiveQuery-b (Im, Kumar, Petety and Purohit, ICML 2022): marking, which asks a predictor about b unmarked leaves at random per victim and drops
/// the one whose next use is farthest; after a chain of mistakes it drops one at random, so that wrong predictions cost little.
/// </summary>
public readonly struct AdaptiveQuery : IEvictionPolicy<AdaptiveQuery>
{
    private const double DefaultQueries = 4;

    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(AdaptiveQuery),
        Summary = "AdaptiveQuery-b (Im, Kumar, Petety and Purohit, ICML 2022): marking, which asks a predictor about b unmarked leaves at random per victim and drops the one whose next use is farthest; after a chain of mistakes it drops one at random, so that wrong predictions cost little.",
        Formula = ["farthest predicted next use of b unmarked leaves"],
        NeedsFuture = true,
        Tunables = [new("Queries", 1, AdaptiveQuerySelector.MostQueries, 1, DefaultQueries)],
        Plan = new(PlanKind.Custom, ["Phases and chains of mistakes are state, not a score: the selector is written by hand and passes over the candidates."]),
        Device = new(false, ["No kernel, the CPU plan chooses: its selector is written by hand."]),
        Candidates = Candidates.Leaves,
        Touch = Touch.Path,
    };

    /// <summary>b: predictions per victim.</summary>
    public double Queries { get; init; }

    /// <inheritdoc/>
    public static AdaptiveQuery FromTunables(ReadOnlySpan<double> values) => new() { Queries = values[0] };

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new AdaptiveQuerySelector(nodes, seed, Queries);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values) => values[0] = Queries;
}
