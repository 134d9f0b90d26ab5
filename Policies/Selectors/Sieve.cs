namespace Squelch.Policies;

/// <summary>SIEVE (Zhang et al., NSDI 2024): first in, first out, but what was used since the hand last passed is spared once, where it stands.</summary>
public readonly struct Sieve : IEvictionPolicy<Sieve>
{
    /// <inheritdoc/>
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = nameof(Sieve),
        Summary = "SIEVE (Zhang et al., NSDI 2024): first in, first out, but what was used since the hand last passed is spared once, where it stands.",
        Plan = new(PlanKind.Custom, ["A hand that moves is state, not a score: the selector is written by hand, O(1) per victim on average."]),
        Candidates = Candidates.Leaves,
    };

    /// <inheritdoc/>
    public static Sieve FromTunables(ReadOnlySpan<double> values) => default;

    /// <inheritdoc/>
    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new SieveSelector(nodes);

    /// <inheritdoc/>
    public void CopyTunables(Span<double> values)
    {
    }
}
