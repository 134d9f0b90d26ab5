namespace Squelch.Tool.Tests;

/// <summary>A policy of a user's own that fails when it is used.</summary>
public readonly struct ThrowingPolicy : IEvictionPolicy<ThrowingPolicy>
{
    public static PolicyDescriptor Descriptor { get; } = new() { Name = nameof(ThrowingPolicy), Plan = new(PlanKind.Custom, []) };

    public static ThrowingPolicy FromTunables(ReadOnlySpan<double> values) => default;

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => throw new InvalidOperationException("the author's mistake");

    public void CopyTunables(Span<double> values)
    {
    }
}
