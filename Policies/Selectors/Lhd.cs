namespace Squelch.Policies;

/// <summary>
/// Least Hit Density (Beckmann, Chen and Cidon, NSDI 2018): the leaf with the fewest expected hits per byte and remaining time, by tables of hits and
/// evictions per age that are learnt while it runs. Exact over all candidates, where the paper samples.
/// </summary>
public readonly struct Lhd : IEvictionPolicy<Lhd>
{
    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(Lhd),
        Summary = "Least Hit Density (Beckmann, Chen and Cidon, NSDI 2018): the leaf with the fewest expected hits per byte and remaining time, by tables of hits and evictions per age that are learnt while it runs. Exact over all candidates, where the paper samples.",
        Formula = ["HitDensity = hits expected at later ages / (bytesHeld * events expected at later ages), per class of past hits"],
        Plan = new(PlanKind.Custom, ["Tables that learn are state, not a formula: the selector is written by hand and scores every candidate."]),
        Candidates = Candidates.Leaves,
    };

    /// <inheritdoc/>
    public static Lhd FromTunables(ReadOnlySpan<double> values) => default;

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new LhdSelector(nodes);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values)
    {
    }
}
