using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>What a selection costs through the driver, counted: loads and bytes read on the device, launches, copies. A regression shows without a GPU.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverTrafficTests
{
    private const int Rows = 1 << 12;

    /// <summary>The kernels write the answer into the host's memory: one copy to the device for changed rows, one for the header, none back (this driver has no such call), and one wait.</summary>
    [Theory]
    [InlineData("Marconi", 1)]
    [InlineData("Hyperbolic", 0)]
    [InlineData("SinglePrecisionTerms", 1)]
    public void TheAnswerIsNotCopied(string policy, int scaling)
    {
        FakeCuda cuda = FakeCuda.Start();
        using GpuScorer gpu = cuda.Open(threads: 64);
        (Nodes nodes, GpuSelector made) = DriverNodes.Of(gpu, policy, 500);
        using GpuSelector selector = made;
        selector.Select(nodes.Now);

        // Several at first by four counts of keys, then, once guesses have become good, by where the last lay. Changed rows take a copy and a launch more.
        foreach ((int wanted, int kernels, int changes, int guesses) in new[] { (1, 1, 1, 0), (40, 5, 1, 0), (40, 1, 0, 8), (1, 1, 1, 0) })
        {
            for (int time = 0; time < guesses; time++)
            {
                selector.Select(nodes.Now, new int[wanted]);
            }

            nodes.Hit(10 * changes);
            var expected = new int[wanted];
            var victims = new int[wanted];
            nodes.Selector.Lowest(nodes.Now, expected);
            int[] before = Calls();
            selector.Select(nodes.Now, victims);
            Assert.Equal(expected, victims);
            Assert.Equal([1 + changes, changes + scaling + kernels, 1, 0], Calls().Zip(before, (after, before) => after - before));
            Assert.InRange(selector.Device!.BytesMoved, 16 * wanted, 1_000 + (16 * ((2 * wanted) + 128)));
        }

        int[] Calls() => [cuda.Calls("cuMemcpyHtoDAsync_v2"), cuda.Calls("cuLaunchKernel"), cuda.Calls("cuStreamSynchronize"), cuda.Calls("cuMemcpyDtoDAsync_v2")];
    }

    /// <summary>Each pass reads each column once, 16 bytes at a time; all extremes are found in one pass.</summary>
    [Theory]
    [InlineData("Marconi", 2)]
    [InlineData("Hyperbolic", 1)]
    [InlineData("Lru", 1)]
    [InlineData("SinglePrecisionTerms", 2)]
    public void AFullScanReadsEachColumnOnceAPassInWholeLoads(string policy, int passes)
    {
        FakeCuda cuda = FakeCuda.Start();
        using GpuScorer gpu = cuda.Open(threads: 64);
        (Nodes nodes, GpuSelector made) = DriverNodes.Of(gpu, policy, Rows - 1);
        using GpuSelector selector = made;
        DeviceShape shape = ((IDeviceScored)nodes.Selector).DeviceShape;
        selector.Select(nodes.Now);
        nodes.Hit(10);
        (long bytes, long loads) = (cuda.BytesRead, cuda.Loads);
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), selector.Select(nodes.Now));

        // Besides the rows: scales, changed rows, and rows that tie.
        bytes = cuda.BytesRead - bytes;
        loads = cuda.Loads - loads;
        long least = (long)nodes.Table.Capacity * passes * (sizeof(long) + (shape.Columns * (shape.Single ? sizeof(float) : sizeof(double))));
        Assert.InRange(bytes, least, (least * 1.05) + 2_000);
        Assert.InRange(loads, bytes / 16, bytes / 14);
        Assert.Equal(1 + passes, selector.Device!.Launches);
    }
}
