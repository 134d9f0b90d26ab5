namespace Squelch.Tool;

/// <summary>A policy with some of its parts changed, to be replayed like any other. It has no tunables left.</summary>
/// <param name="policy">The policy as it was declared.</param>
/// <param name="parts">What it is made of instead.</param>
internal sealed class AblatedPolicy(RegisteredPolicy policy, PolicyParts parts) : RegisteredPolicy
{
    public override Type Type => policy.Type;

    public override PolicyDescriptor Descriptor => parts.Descriptor;

    public override ReplayResult Replay(Trace trace, ReplayOptions options) => Lab.Replay.Run(trace, options, parts.Descriptor, parts.CreateSelector);

    public override IVictimSelector CreateSelector(ReadOnlySpan<double> tunables, NodeTable nodes, ulong seed) => parts.CreateSelector(nodes, seed);
}
