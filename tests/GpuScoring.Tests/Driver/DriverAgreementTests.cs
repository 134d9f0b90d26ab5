using Squelch.GpuCheck;
using Squelch.GpuScoring.Tests.Ptx;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>What the policy compiler writes as PTX, joined with the kernels of Driver/Kernels and launched through a driver, chooses the victims of the CPU, in its order.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverAgreementTests
{
    private static readonly double[] s_odd =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, double.MaxValue];

    public static TheoryData<string> Policies => [.. Replays.Policies.Where(HasPtx).Select(policy => policy.Descriptor.Name)];

    /// <summary>Policies with bounds alone stay with ILGPU; each of them has a function that devices round differently.</summary>
    [Fact]
    public void EveryPolicyWithExactScoresHasPtx()
    {
        Assert.Equal(
            Replays.Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true } && !PtxText.Selector(policy).DeviceShape.Bounded).Select(policy => policy.Descriptor.Name),
            Replays.Policies.Where(HasPtx).Select(policy => policy.Descriptor.Name));
        Assert.InRange(Replays.Policies.Count(HasPtx), 25, 100);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ColumnsOfAllKinds(string policy)
    {
        int seed = 1;
        foreach (int count in new[] { 1, 2, 3, 7, 8, 9, 33, 64, 120 })
        {
            using GpuScorer gpu = FakeCuda.Start(seed++).Open();
            var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), count, count, selector => selector);
            Compare(nodes, gpu, "random");
            nodes.Spoil(1, 1, 2);
            Compare(nodes, gpu, "ties");
            nodes.Spoil(0.3, s_odd);
            Compare(nodes, gpu, "odd");
        }
    }

    /// <summary>More rows share all scores than an answer has room for: creation numbers decide.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void ManyTies(string policy)
    {
        using GpuScorer gpu = FakeCuda.Start(3).Open(threads: 32);
        var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), 700, 1, selector => selector);
        nodes.Spoil(1, 1);
        Compare(nodes, gpu, "equal");
        nodes.Spoil(0.5, 1, 2);
        Compare(nodes, gpu, "few values");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void WholeReplays(string policy)
    {
        Trace trace = RandomTrace.Make(requests: 90);
        long capacity = RandomTrace.CapacityBytes();
        List<VictimRecord> expected = Replays.Run(policy, trace, capacity, accelerate: null).Victims;
        Assert.True(expected.Count > 20, $"{expected.Count} victims");
        foreach (int leastSummarized in new[] { int.MaxValue, 0 })
        {
            FakeCuda cuda = FakeCuda.Start(7);
            using GpuScorer gpu = cuda.Open(threads: 16, leastSummarizedRows: leastSummarized);
            Assert.Equal(expected, Replays.Run(policy, trace, capacity, gpu.Accelerate).Victims);
            Assert.True(cuda.Calls("cuLaunchKernel") > expected.Count / 4, "the kernels ran");
        }
    }

    /// <summary>Whole blocks are left out where their bounds say enough; a column that is NaN somewhere brings the scan of all rows back.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void BlocksWhoseBoundsSayEnoughAreNotRead(string policy)
    {
        foreach (int count in new[] { 1, 1023, 1100 })
        {
            using GpuScorer gpu = FakeCuda.Start(count).Open(threads: 32, leastSummarizedRows: 0);
            var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), count, count, selector => selector);
            Compare(nodes, gpu, "random");
            nodes.Spoil(1, 1, 2);
            Compare(nodes, gpu, "ties");
            nodes.Spoil(0.001, double.NaN);
            Compare(nodes, gpu, "NaN");
        }
    }

    /// <summary>The keys are those of ILGPU's kernels, which are held against the scalar form elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void KeysAreThoseOfIlgpusKernels(string policy)
    {
        using GpuScorer simulator = Replays.Simulator();
        simulator.Device!.LeastSummarizedRows = int.MaxValue;
        Func<IVictimSelector, IVictimSelector> ilgpu = InterpretedKernels.Accelerate(simulator, threads: 8, seed: 2, out _);
        using GpuScorer gpu = FakeCuda.Start(5).Open();
        const int Count = 90;
        var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), Count, 4, selector => selector);
        foreach (double share in new[] { 0, 0.4 })
        {
            nodes.Spoil(share, s_odd);
            using var first = (GpuSelector)ilgpu(nodes.Selector);
            using var second = (GpuSelector)gpu.Accelerate(nodes.Selector);
            var victims = new int[nodes.Selector.CandidateCount];
            first.Select(nodes.Now, victims);
            second.Select(nodes.Now, victims);
            Assert.All(victims, victim => Assert.Equal(first.DeviceKey(victim), second.DeviceKey(victim)));
            Assert.All(victims, victim => Assert.NotNull(second.DeviceKey(victim)));
        }
    }

    /// <summary>True where the policy compiler wrote the policy's formula as PTX.</summary>
    internal static bool HasPtx(RegisteredPolicy policy) => policy.Descriptor.Device is { HasKernel: true } && PtxText.Selector(policy).Ptx is not null;

    private static void Compare(Nodes nodes, GpuScorer gpu, string what)
    {
        int count = nodes.Selector.CandidateCount;
        var all = new int[count];
        nodes.Selector.Lowest(nodes.Now, all);
        using var device = (GpuSelector)gpu.Accelerate(nodes.Selector);
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), device.Select(nodes.Now));
        foreach (int wanted in new[] { 1, Math.Min(5, count), Math.Min(140, count) })
        {
            // The second time from where the last victims lay.
            for (int time = 0; time < 2; time++)
            {
                var victims = new int[wanted];
                Assert.Equal(wanted, device.Select(nodes.Now, victims));
                Assert.True(victims.AsSpan().SequenceEqual(all.AsSpan(0, wanted)), $"{what}: {wanted} of {count}: {string.Join(" ", victims)} in place of {string.Join(" ", all.Take(wanted))}");
            }
        }

        Assert.True(device.HasDevice, "the device was given up");
    }
}
