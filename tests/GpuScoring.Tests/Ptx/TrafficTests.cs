using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>What a selection costs on a device, counted: bytes read there, launches, bytes over the bus. A regression shows without a GPU.</summary>
public sealed class TrafficTests
{
    private const int Rows = 1 << 14;

    [Theory]
    [InlineData("Marconi", 2)]
    [InlineData("Hyperbolic", 1)]
    [InlineData("Lru", 1)]
    public void AFullScanReadsEachColumnOnceAPass(string policy, int passes)
    {
        using GpuScorer gpu = Replays.Simulator();
        gpu.Device!.LeastSummarizedRows = int.MaxValue;
        Nodes nodes = Make(policy, gpu, out GpuSelector selector, out InterpretedKernels kernels);
        DeviceShape shape = ((IDeviceScored)nodes.Selector).DeviceShape;
        selector.Select(nodes.Now);
        nodes.Hit(100);
        long before = kernels.BytesRead;
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), selector.Select(nodes.Now));

        // Besides the rows: what groups leave each other, and the changed rows.
        long least = (long)Rows * passes * (sizeof(long) + (shape.Columns * sizeof(double)));
        Assert.InRange(kernels.BytesRead - before, (least / 2) + 1, (least * 1.15) + 50_000);
        Assert.Equal(1 + passes, selector.Device!.Launches);
        Assert.InRange(selector.Device.BytesMoved, 1, (100 * (shape.Columns + 2) * sizeof(ulong)) + 400);
    }

    [Theory]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("Gdsf")]
    [InlineData("Lru")]
    public void SummariesReadAFractionOfTheRows(string policy)
    {
        using GpuScorer gpu = Replays.Simulator();
        gpu.Device!.LeastSummarizedRows = 0;
        Nodes nodes = Make(policy, gpu, out GpuSelector selector, out InterpretedKernels kernels);
        DeviceShape shape = ((IDeviceScored)nodes.Selector).DeviceShape;
        selector.Select(nodes.Now);
        long before = kernels.BytesRead;
        nodes.HitLast(20);
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), selector.Select(nodes.Now));
        long scan = (long)Rows * (sizeof(long) + (shape.Columns * sizeof(double)));
        Assert.InRange(kernels.BytesRead - before, 1, scan / 2);
    }

    [Theory]
    [InlineData("Hyperbolic")]
    [InlineData("Pensieve")]
    [InlineData("Lru")]
    public void AGuessedThresholdSavesTheRounds(string policy)
    {
        foreach (int least in new[] { 0, int.MaxValue })
        {
            using GpuScorer gpu = Replays.Simulator();
            gpu.Device!.LeastSummarizedRows = least;
            Nodes nodes = Make(policy, gpu, out GpuSelector selector, out _);
            var expected = new int[64];
            var victims = new int[64];
            int guessed = 0;
            for (int time = 0; time < 12; time++)
            {
                nodes.Hit(30);
                nodes.Selector.Lowest(nodes.Now, expected);
                Assert.Equal(64, selector.Select(nodes.Now, victims));
                Assert.Equal(expected, victims);
                foreach (int victim in victims)
                {
                    selector.SetCandidate(victim, false);
                }

                guessed += selector.Device!.Launches == (least == 0 ? 4 : 2) ? 1 : 0;
            }

            Assert.InRange(guessed, 6, 12);
        }
    }

    private static Nodes Make(string policy, GpuScorer gpu, out GpuSelector selector, out InterpretedKernels kernels)
    {
        GpuSelector? made = null;
        Func<IVictimSelector, IVictimSelector> accelerate = InterpretedKernels.Accelerate(gpu, threads: 64, seed: 3, out kernels);
        var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), Rows, 1, own => made = (GpuSelector)accelerate(own));
        selector = made!;
        return nodes;
    }
}
