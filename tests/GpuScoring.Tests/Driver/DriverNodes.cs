using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>Nodes whose victims a policy chooses through the driver.</summary>
internal static class DriverNodes
{
    public static (Nodes Nodes, GpuSelector Selector) Of(GpuScorer gpu, string policy, int count)
    {
        GpuSelector? made = null;
        var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), count, 1, own => made = (GpuSelector)gpu.Accelerate(own));
        return (nodes, made!);
    }
}
