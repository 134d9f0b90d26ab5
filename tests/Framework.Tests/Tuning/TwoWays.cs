using Squelch.Tests.Reference;

namespace Squelch.Tests.Tuning;

/// <summary>Evicts the least recent leaf, or with its tunable at 1 the most recent; a second tunable does nothing.</summary>
internal readonly struct TwoWays : IEvictionPolicy<TwoWays>
{
    public double Newest { get; init; }

    public double Idle { get; init; }

    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = "TwoWays",
        Plan = new(PlanKind.Custom, []),
        Candidates = Candidates.Leaves,
        Tunables = [new("Newest", 0, 1, 1, 0), new("Idle", 0, 4, 1, 2)],
        ShadowTunables = ["Newest", "Idle"],
    };

    public static TwoWays FromTunables(ReadOnlySpan<double> values) => new() { Newest = values[0], Idle = values[1] };

    public void CopyTunables(Span<double> values) => (values[0], values[1]) = (Newest, Idle);

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed)
    {
        double[] tunables = [Newest, Idle];
        return new ReferenceSelector(nodes, tunables, (_, rows, _) => [.. rows.Select(row => tunables[0] > 0 ? -row.LastAccess : row.LastAccess)]);
    }
}
