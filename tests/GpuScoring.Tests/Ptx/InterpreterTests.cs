using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>The kernels as a driver would get them choose the victims of the CPU, in its order, however their threads take turns and whatever is contracted.</summary>
public sealed class InterpreterTests
{
    private static readonly double[] s_odd =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, double.MaxValue];

    public static TheoryData<string> Policies => [.. Replays.Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true }).Select(policy => policy.Descriptor.Name)];

    [Theory]
    [MemberData(nameof(Policies))]
    public void ColumnsOfAllKinds(string policy)
    {
        RegisteredPolicy registered = Replays.Policies.Single(known => known.Descriptor.Name == policy);
        int seed = 1;
        foreach (int count in new[] { 1, 2, 3, 7, 8, 9, 33, 64, 120 })
        {
            using GpuScorer gpu = Replays.Simulator();
            gpu.Device!.LeastSummarizedRows = int.MaxValue;
            Func<IVictimSelector, IVictimSelector> accelerate = InterpretedKernels.Accelerate(gpu, threads: 8, seed++, out InterpretedKernels kernels);
            var nodes = new Nodes(registered, count, count, selector => selector);
            Compare(nodes, accelerate, "random");
            nodes.Spoil(1, 1, 2);
            Compare(nodes, accelerate, "ties");
            nodes.Spoil(0.3, s_odd);
            Compare(nodes, accelerate, "odd");
            Assert.True(kernels.Instructions > 100 * count, "the kernels ran");
        }
    }

    /// <summary>Fewer registers and loads that know their memory; GpuCheck measures whether that is faster.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void OptimizedMore(string policy)
    {
        foreach (int least in new[] { 0, int.MaxValue })
        {
            using GpuScorer gpu = Replays.Simulator();
            gpu.Device!.LeastSummarizedRows = least;
            Func<IVictimSelector, IVictimSelector> accelerate = InterpretedKernels.Accelerate(gpu, threads: 8, seed: 5, out _, ILGPU.OptimizationLevel.O2);
            var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), 70, 1, selector => selector);
            Compare(nodes, accelerate, "random");
            nodes.Spoil(1, 1, 2);
            Compare(nodes, accelerate, "ties");
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void WholeReplays(string policy)
    {
        Trace trace = RandomTrace.Make(requests: 90);
        long capacity = RandomTrace.CapacityBytes();
        List<VictimRecord> expected = Replays.Run(policy, trace, capacity, accelerate: null).Victims;
        using GpuScorer gpu = Replays.Simulator();
        List<VictimRecord> actual = Replays.Run(policy, trace, capacity, InterpretedKernels.Accelerate(gpu, threads: 16, seed: 7, out InterpretedKernels kernels)).Victims;
        Assert.True(expected.Count > 20, $"{expected.Count} victims");
        Assert.Equal(expected, actual);
        Assert.True(kernels.Instructions > 10_000, "the kernels ran");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void BlocksWhoseBoundsSayEnoughAreNotRead(string policy)
    {
        RegisteredPolicy registered = Replays.Policies.Single(known => known.Descriptor.Name == policy);
        foreach (int count in new[] { 1, 1023, 1100 })
        {
            using GpuScorer gpu = Replays.Simulator();
            gpu.Device!.LeastSummarizedRows = 0;
            Func<IVictimSelector, IVictimSelector> accelerate = InterpretedKernels.Accelerate(gpu, threads: 32, seed: count, out _);
            var nodes = new Nodes(registered, count, count, selector => selector);
            Compare(nodes, accelerate, "random");
            nodes.Spoil(1, 1, 2);
            Compare(nodes, accelerate, "ties");
            nodes.Spoil(0.001, double.NaN);
            Compare(nodes, accelerate, "NaN");
        }
    }

    private static void Compare(Nodes nodes, Func<IVictimSelector, IVictimSelector> accelerate, string what)
    {
        int count = nodes.Selector.CandidateCount;
        var all = new int[count];
        nodes.Selector.Lowest(nodes.Now, all);
        using var device = (GpuSelector)accelerate(nodes.Selector);
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), device.Select(nodes.Now));
        foreach (int wanted in new[] { 1, Math.Min(5, count), Math.Min(140, count) })
        {
            var victims = new int[wanted];
            Assert.Equal(wanted, device.Select(nodes.Now, victims));
            Assert.True(victims.AsSpan().SequenceEqual(all.AsSpan(0, wanted)), $"{what}: {wanted} of {count}: {string.Join(" ", victims)} in place of {string.Join(" ", all.Take(wanted))}");
        }

        Assert.True(device.HasDevice, "the device was given up");
    }
}
