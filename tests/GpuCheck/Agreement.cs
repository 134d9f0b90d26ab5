using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The device's victims against those of the CPU.</summary>
internal sealed class Agreement(GpuScorer gpu)
{
    private static readonly double[] s_odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon];

    public int Compared { get; private set; }

    public int Differences { get; private set; }

    /// <summary>Random, tied and odd columns of that many nodes.</summary>
    public void Columns(RegisteredPolicy policy, int count)
    {
        var random = new Nodes(policy, count, count, selector => selector);
        Compare(policy, "random", random);
        random.Spoil(1, 1, 2);
        Compare(policy, "ties", random);
        random.Spoil(0.2, s_odd);
        Compare(policy, "NaN, infinities, zeros", random);
    }

    /// <summary>The victims of a whole replay.</summary>
    public void Replay(RegisteredPolicy policy, Trace trace, long capacityBytes)
    {
        List<VictimRecord> expected = Victims(null);
        List<VictimRecord> actual = Victims(gpu.Accelerate);
        Tell(expected.SequenceEqual(actual), $"{policy.Descriptor.Name,-12} replay of {trace.Requests.Count:N0} requests, {expected.Count:N0} victims");

        List<VictimRecord> Victims(Func<IVictimSelector, IVictimSelector>? accelerate)
        {
            var victims = new List<VictimRecord>();
            policy.Replay(trace, new() { CapacityBytes = capacityBytes, OnVictim = victims.Add, Accelerate = accelerate });
            return victims;
        }
    }

    private void Compare(RegisteredPolicy policy, string what, Nodes nodes)
    {
        int count = nodes.Selector.CandidateCount;
        var all = new int[count];
        nodes.Selector.Lowest(nodes.Now, all);
        using var device = (GpuSelector)gpu.Accelerate(nodes.Selector);
        bool same = device.Select(nodes.Now) == nodes.Selector.SelectBy(Backend.Scalar, nodes.Now);
        foreach (int wanted in new[] { 1, Math.Min(64, count), Math.Max(1, count / 100) })
        {
            var victims = new int[wanted];
            same &= device.Select(nodes.Now, victims) == wanted && victims.AsSpan().SequenceEqual(all.AsSpan(0, wanted));
        }

        Tell(same && device.HasDevice, $"{policy.Descriptor.Name,-12} {count,10:N0} nodes, {what}");
    }

    private void Tell(bool same, string what)
    {
        Compared++;
        Differences += same ? 0 : 1;
        Console.WriteLine($"{(same ? "same  " : "DIFFER")} {what}");
    }
}
