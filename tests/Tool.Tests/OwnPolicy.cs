using Squelch.Policies;

namespace Squelch.Tool.Tests;

/// <summary>A policy of the user's own assembly, which this is: the most recently used goes, so it loses against nearly all.</summary>
public readonly struct OwnPolicy : IEvictionPolicy<OwnPolicy>
{
    public static PolicyDescriptor Descriptor => Mru.Descriptor with { Name = nameof(OwnPolicy) };

    public static OwnPolicy FromTunables(ReadOnlySpan<double> values) => default;

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => default(Mru).CreateSelector(nodes, seed);

    public void CopyTunables(Span<double> values)
    {
    }
}
