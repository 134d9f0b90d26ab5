namespace Squelch.GpuScoring.Tests;

/// <summary>When the device is used.</summary>
public sealed class CrossoverTests
{
    [Fact]
    public void NothingIsPreferredBeforeTheCpuWasMeasured() => Assert.False(new Crossover().PrefersDevice(0));

    [Fact]
    public void TheDeviceHasToPromiseLess()
    {
        var crossover = new Crossover();
        for (int i = 0; i < Crossover.WarmUp; i++)
        {
            Assert.False(crossover.PrefersDevice(0), "the first measures are not trusted");
            crossover.Measured((FormulaSelector)new Policies.Lru().CreateSelector(new NodeTable(ModelShape.PaperHybrid), 0), 1);
        }

        double cpu = crossover.CpuSeconds;
        Assert.True(cpu > 0);
        Assert.True(crossover.PrefersDevice(cpu / 2));
        Assert.False(crossover.PrefersDevice(cpu));
        Assert.False(crossover.PrefersDevice(cpu * 2));
    }

    [Fact]
    public void TheCpuIsAskedNowAndThen()
    {
        var crossover = new Crossover();
        Assert.Equal(4, Enumerable.Range(0, 4 * Crossover.ProbeEvery).Count(_ => crossover.ProbeIsDue()));
    }

    [Fact]
    public void CostIsALineThroughTwoMeasures()
    {
        var cost = new DeviceCost<Generated.Squelch_Policies_LruFormula>(rows => 1e-5 + (rows * 1e-9), 1 << 20);
        Assert.Equal(1e-5 + 1e-3, cost.Seconds(1_000_000), 9);
        Assert.True(new DeviceCost<Generated.Squelch_Policies_LruFormula>(rows => 1.0 / rows, 1 << 20).Seconds(1 << 30) > 0);
    }

    [Fact]
    public void TheSimulatorIsNeverPreferred()
    {
        using GpuScorer gpu = Replays.Simulator(mode: GpuMode.Auto);
        GpuSelector? used = null;
        Replays.Run("Marconi", RandomTrace.Make(), RandomTrace.CapacityBytes(), selector => used = (GpuSelector)gpu.Accelerate(selector));
        Assert.Equal(0, used!.DeviceSelections);
    }
}
