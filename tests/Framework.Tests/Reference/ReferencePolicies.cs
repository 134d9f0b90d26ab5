using Squelch.Policies;

namespace Squelch.Tests.Reference;

/// <summary>Marconi at a fixed alpha, by hand.</summary>
internal readonly struct ReferenceMarconi : IEvictionPolicy<ReferenceMarconi>
{
    public double Alpha { get; init; }

    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = "ReferenceMarconi",
        Plan = new(PlanKind.Custom, []),
        Candidates = Candidates.AtMostOneChild,
        Touch = Touch.Deepest,
        Tunables = [new("Alpha", 0, 2, 0.1, 0)],
        BootstrapTunable = "Alpha",
    };

    public static ReferenceMarconi FromTunables(ReadOnlySpan<double> values) => new() { Alpha = values[0] };

    public void CopyTunables(Span<double> values) => values[0] = Alpha;

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed)
    {
        double[] tunables = [Alpha];
        return new ReferenceSelector(nodes, tunables, (table, rows, now) =>
        {
            double[] recency = Normalised([.. rows.Select(row => 1 / (now - row.LastAccess))]);
            double[] efficiency = Normalised([.. rows.Select(row => table.FlopsSaved(row.Id) / table.BytesHeld(row.Id))]);
            return [.. recency.Zip(efficiency, (r, e) => (tunables[0] * e) + r)];
        });
    }

    private static double[] Normalised(double[] values)
    {
        double low = values.Min();
        double high = values.Max();
        return [.. values.Select(value => high != low ? (value - low) / (high - low) : 1)];
    }
}

/// <summary>SGLang+: least recently used leaves, by hand.</summary>
internal readonly struct ReferenceSglangPlus : IEvictionPolicy<ReferenceSglangPlus>
{
    public static PolicyDescriptor Descriptor { get; } = new() { Name = "ReferenceSglangPlus", Plan = new(PlanKind.Custom, []), Candidates = Candidates.Leaves, Touch = Touch.Path };

    public static ReferenceSglangPlus FromTunables(ReadOnlySpan<double> values) => default;

    public void CopyTunables(Span<double> values)
    {
    }

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed)
        => new ReferenceSelector(nodes, [], static (_, rows, _) => [.. rows.Select(row => row.LastAccess)]);
}

/// <summary>vLLM+: 32-token blocks with a checkpoint each, by hand.</summary>
internal readonly struct ReferenceVllmPlus : IEvictionPolicy<ReferenceVllmPlus>
{
    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = "ReferenceVllmPlus",
        Plan = new(PlanKind.Custom, []),
        Candidates = Candidates.Leaves,
        Touch = Touch.Path,
        Admission = new(Checkpoints.Interval, 32, 1),
    };

    public static ReferenceVllmPlus FromTunables(ReadOnlySpan<double> values) => default;

    public void CopyTunables(Span<double> values)
    {
    }

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed)
        => new ReferenceSelector(nodes, [], static (_, rows, _) => [.. rows.Select(row => row.LastAccess)]);
}

/// <summary>Marconi's order where checkpoints exist at multiples of 4 tokens alone.</summary>
internal readonly struct AlignedMarconi : IEvictionPolicy<AlignedMarconi>
{
    public static PolicyDescriptor Descriptor { get; } = ReferenceMarconi.Descriptor with
    {
        Name = "AlignedMarconi",
        Admission = new(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 4),
    };

    public static AlignedMarconi FromTunables(ReadOnlySpan<double> values) => default;

    public void CopyTunables(Span<double> values) => values[0] = 0.5;

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new ReferenceMarconi { Alpha = 0.5 }.CreateSelector(nodes, seed);
}

/// <summary>vLLM+'s blocks, of which those with one child may go, too: what is left of them is an edge of several.</summary>
internal readonly struct JoiningBlocks : IEvictionPolicy<JoiningBlocks>
{
    public static PolicyDescriptor Descriptor { get; } = ReferenceVllmPlus.Descriptor with { Name = "JoiningBlocks", Candidates = Candidates.AtMostOneChild };

    public static JoiningBlocks FromTunables(ReadOnlySpan<double> values) => default;

    public void CopyTunables(Span<double> values)
    {
    }

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => default(Lru).CreateSelector(nodes, seed);
}
