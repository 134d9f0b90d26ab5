using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>What a selection costs through the driver, counted: loads and bytes read on the device, launches, copies. A regression shows without a GPU.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverTrafficTests
{
    private const int Rows = 1 << 12;

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
        GpuSelector? made = null;
        var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), Rows - 1, 1, own => made = (GpuSelector)gpu.Accelerate(own));
        using GpuSelector selector = made!;
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
