using Squelch.Tests.Reference;

namespace Squelch.Tests.Tuning;

/// <summary>The oldest leaf first; where its tunable is above 0.5, the selector fails at the first victim.</summary>
internal readonly struct FailingTuner : IEvictionPolicy<FailingTuner>
{
    public const string Message = "this value was never meant to be tried";

    public double Fails { get; init; }

    public static PolicyDescriptor Descriptor { get; } = new()
    {
        Name = "FailingTuner",
        Plan = new(PlanKind.Custom, []),
        Tunables = [new("Fails", 0, 1, 0.5, 0)],
        BootstrapTunable = "Fails",
    };

    public static FailingTuner FromTunables(ReadOnlySpan<double> values) => new() { Fails = values[0] };

    public void CopyTunables(Span<double> values) => values[0] = Fails;

    public IVictimSelector CreateSelector(NodeTable nodes, ulong seed)
    {
        double[] tunables = [Fails];
        return new ReferenceSelector(nodes, tunables, (_, rows, _) => tunables[0] > 0.5 ? throw new InvalidOperationException(Message) : [.. rows.Select(row => row.LastAccess)]);
    }
}
