namespace Squelch.Policies;

/// <summary>W-TinyLFU (Einziger et al., ACM TOS 2017): what leaves a small window stays only if it was asked for more often than the main part's victim.</summary>
public readonly struct WTinyLfu : IEvictionPolicy<WTinyLfu>
{
    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(WTinyLfu),
        Summary = "W-TinyLFU (Einziger et al., ACM TOS 2017): what leaves a small window stays only if it was asked for more often than the main part's victim.",
        Plan = new(PlanKind.Custom, ["A window, two segments and a sketch are state, not a score: the selector is written by hand, O(1) per victim."]),
        Candidates = Candidates.Leaves,
    };

    /// <inheritdoc/>
    public static WTinyLfu FromTunables(ReadOnlySpan<double> values) => default;

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new WTinyLfuSelector(nodes);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values)
    {
    }
}
