namespace Squelch.Policies;

/// <summary>S3-FIFO (Yang et al., SOSP 2023): a small queue for what is new, a main queue for what was used, and a memory of what the small one let go.</summary>
public readonly struct S3Fifo : IEvictionPolicy<S3Fifo>
{
    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(S3Fifo),
        Summary = "S3-FIFO (Yang et al., SOSP 2023): a small queue for what is new, a main queue for what was used, and a memory of what the small one let go.",
        Plan = new(PlanKind.Custom, ["Three queues are state, not a score: the selector is written by hand, O(1) per victim on average."]),
        Candidates = Candidates.Leaves,
    };

    /// <inheritdoc/>
    public static S3Fifo FromTunables(ReadOnlySpan<double> values) => default;

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new S3FifoSelector(nodes);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values)
    {
    }
}
