namespace Squelch.Policies;

/// <summary>
/// Follower and Robust (Abdel Sadek and Elias, ICLR 2024): keeps what a predictor says the best cache would hold, asks it few times, and turns to
/// marking by chance while its answers do harm.
/// </summary>
public readonly struct FollowerRobust : IEvictionPolicy<FollowerRobust>
{
    private const double MostSeparation = 1_000_000;

    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(FollowerRobust),
        Summary = "Follower and Robust (Abdel Sadek and Elias, ICLR 2024): keeps what a predictor says the best cache would hold, asks it few times, and turns to marking by chance while its answers do harm.",
        Formula = ["not in the predicted contents, else by chance"],
        NeedsFuture = true,
        Tunables = [new("Separation", 1, MostSeparation, 1, 1)],
        Plan = new(PlanKind.Custom, ["Predicted contents, phases and the optimum of the past are state, not a score: the selector is written by hand and passes over the candidates."]),
        Device = new(false, ["No kernel, the CPU plan chooses: its selector is written by hand."]),
        Candidates = Candidates.Leaves,
        Touch = Touch.Path,
    };

    /// <summary>Requests between two questions, at least.</summary>
    public double Separation { get; init; }

    /// <inheritdoc/>
    public static FollowerRobust FromTunables(ReadOnlySpan<double> values) => new() { Separation = values[0] };

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new FollowerRobustSelector(nodes, seed, Separation);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values) => values[0] = Separation;
}
