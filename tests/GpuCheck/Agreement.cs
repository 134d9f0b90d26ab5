using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The device's victims against those of the CPU.</summary>
internal sealed class Agreement(GpuScorer gpu, Results results)
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
        string? fault = null;
        for (int index = 0; index < Math.Max(expected.Count, actual.Count) && fault is null; index++)
        {
            VictimRecord? wanted = index < expected.Count ? expected[index] : null;
            VictimRecord? given = index < actual.Count ? actual[index] : null;
            fault = wanted == given ? null : $"victim {index} is {given} in place of {wanted}";
        }

        Tell(policy, fault, $"replay of {trace.Requests.Count:N0} requests, {expected.Count:N0} victims");

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
        string? fault = Difference(nodes, device, [device.Select(nodes.Now)], all);
        foreach (int wanted in new[] { 1, Math.Min(64, count), Math.Max(1, count / 100) })
        {
            var victims = new int[wanted];
            device.Select(nodes.Now, victims);
            fault ??= Difference(nodes, device, victims, all);
        }

        Tell(policy, device.HasDevice ? fault : "the device was given up", $"{count:N0} nodes, {what}");
    }

    /// <summary>Null where the victims are the first of all; else the first that differs, with what it was chosen by.</summary>
    private static string? Difference(Nodes nodes, GpuSelector device, ReadOnlySpan<int> victims, int[] all)
    {
        int same = victims.CommonPrefixLength(all);
        return same == victims.Length ? null : $"of {victims.Length}, number {same} is {Describe(nodes, device, victims[same])} in place of {Describe(nodes, device, all[same])}";
    }

    private static string Describe(Nodes nodes, GpuSelector device, int node)
    {
        string columns = string.Join(", ", Enumerable.Range(0, nodes.Selector.ColumnCount).Select(column => nodes.Selector.ReadColumn(column, node).ToString("R")));
        string key = device.DeviceKey(node) is { } chosen ? $"0x{chosen:X16}" : "none";
        return $"node {node} (columns {columns}; score {nodes.Selector.Score(node, nodes.Now):R}, creation {nodes.Table.Creation(node)}, device's key {key})";
    }

    private void Tell(RegisteredPolicy policy, string? fault, string what)
    {
        Compared++;
        Differences += fault is null ? 0 : 1;
        Console.WriteLine($"{(fault is null ? "same  " : "DIFFER")} {policy.Descriptor.Name,-12} {what}{(fault is null ? "" : ": " + fault)}");
        results.Add("comparison", new { policy = policy.Descriptor.Name, what, same = fault is null, fault });
    }
}
