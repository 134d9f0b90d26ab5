using Squelch.Generators.Ir;
using Squelch.Generators.Planning;
using Squelch.GpuScoring;
using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>The kernels choose the victims of the scalar form, in its order; they run on ILGPU's simulator.</summary>
public sealed class DeviceAgreementTests
{
    private static readonly GpuScorer s_gpu = GpuScorer.Open(new() { Mode = GpuMode.Require, Device = GpuOptions.Simulator });

    private static readonly int[] s_counts = [0, 1, 2, 3, 5, 17, 64, 300, 1500];

    private static readonly string[] s_names = [.. Samples.All.Where(model => DeviceSupport.Obstacle(Planner.Plan(model)) is null).Select(model => model.Name)];

    public static TheoryData<string> Names => [.. s_names];

    [Fact]
    public void AllSamplesWithoutAReuseTableHaveKernels() => Assert.Equal(Samples.All.Where(model => model.ReuseTable is null).Select(model => model.Name), s_names);

    [Fact]
    public void AReuseTableStaysWithTheProcessor()
    {
        DevicePlanDescriptor device = CompiledPolicies.Descriptor(Samples.Reused).Device!;
        Assert.False(device.HasKernel);
        Assert.Equal("No kernel, the CPU plan chooses: its reuse table changes with each hit and eviction, and only the processor keeps it.", Assert.Single(device.Steps));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RandomNodes(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: count);
            grove.Now += 250;
            Agree(grove);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ties(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: 7);
            for (int column = 0; column < grove.Selector.ColumnCount; column++)
            {
                foreach (int node in grove.Live)
                {
                    grove.Selector.WriteColumn(column, node, 1 + grove.Random.Next(2));
                }
            }

            Agree(grove);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OddNumbers(string name)
    {
        double[][] spoils =
        [
            [double.NaN],
            [double.PositiveInfinity],
            [double.NegativeInfinity],
            [0, -0.0],
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon],
            [1000, 2000],
        ];
        foreach (double[] spoil in spoils)
        {
            foreach (int count in new[] { 2, 17, 300 })
            {
                var grove = new Grove(Model(name), count, seed: count + 1);
                grove.Spoil(spoil);
                Agree(grove);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AllNaN(string name)
    {
        var grove = new Grove(Model(name), 200, seed: 3);
        for (int column = 0; column < grove.Selector.ColumnCount; column++)
        {
            foreach (int node in grove.Live)
            {
                grove.Selector.WriteColumn(column, node, double.NaN);
            }
        }

        Agree(grove);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RandomChanges(string name)
    {
        var grove = new Grove(Model(name), 300, seed: 11, accelerate: s_gpu.Accelerate, 0, 1, 1, 100);
        using var device = (GpuSelector)grove.Events;
        grove.Now += 250;
        for (int step = 0; step < 300; step++)
        {
            grove.Change();
            device.Expect(step % 7 * 50_000_000L);
            int victim = device.Select(grove.Now);
            Assert.Equal(grove.Selector.SelectBy(Backend.Scalar, grove.Now), victim);
            while (victim >= 0 && step % 3 == 0 && grove.Random.Next(4) > 0)
            {
                // Several victims at one moment: a batch, where it holds.
                device.Evicting(victim, grove.Now);
                grove.Remove(victim);
                victim = device.Select(grove.Now);
                Assert.Equal(grove.Selector.SelectBy(Backend.Scalar, grove.Now), victim);
            }
        }

        Assert.True(device.HasDevice);
        Assert.True(device.DeviceSelections > 0);
    }

    private static void Agree(Grove grove)
    {
        using var device = (GpuSelector)s_gpu.Accelerate(grove.Selector);
        Assert.Equal(grove.Selector.SelectBy(Backend.Scalar, grove.Now), device.Select(grove.Now));
        foreach (int wanted in new[] { 1, 2, grove.Live.Count / 3, grove.Live.Count })
        {
            var expected = new int[wanted];
            var victims = new int[wanted];
            int count = grove.Selector.Lowest(grove.Now, expected);
            Assert.Equal(count, device.Select(grove.Now, victims));
            Assert.Equal(expected, victims);
        }

        Assert.True(device.HasDevice);
    }

    private static PolicyModel Model(string name) => Samples.All.Single(model => model.Name == name);
}
