namespace Squelch.Policies;

/// <summary>ARC (Megiddo and Modha, FAST 2003): a list of what was used once and one of what was used again, sized by which of the two is missed.</summary>
public readonly struct Arc : IEvictionPolicy<Arc>
{
    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(Arc),
        Summary = "ARC (Megiddo and Modha, FAST 2003): a list of what was used once and one of what was used again, sized by which of the two is missed.",
        Plan = new(PlanKind.Custom, ["Lists that adapt to misses are state, not a score: the selector is written by hand, O(1) per victim."]),
        Candidates = Candidates.Leaves,
    };

    /// <inheritdoc/>
    public static Arc FromTunables(ReadOnlySpan<double> values) => default;

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new ArcSelector(nodes);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values)
    {
    }
}
