using Squelch.Generators.Planning;
using Squelch.GpuScoring;
using Squelch.GpuScoring.Tests.Driver;
using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>The PTX of the samples chooses the victims of the scalar form, in its order: several scores, single precision, integers, policy states.</summary>
public sealed class DriverAgreementTests
{
    public static TheoryData<string> Names => [.. Samples.All.Where(model => DeviceSupport.Obstacle(Planner.Plan(model)) is null && !DeviceSupport.IsBounded(Planner.Plan(model))).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ColumnsOfAllKinds(string name)
    {
        double[][] spoils = [[], [1, 2], [double.NaN], [0, -0.0], [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon]];
        using GpuScorer gpu = FakeCuda.Start().Open();
        foreach (double[] spoil in spoils)
        {
            foreach (int count in new[] { 1, 3, 17, 64 })
            {
                var grove = new Grove(Samples.All.Single(model => model.Name == name), count, seed: count);
                grove.Now += 250;
                if (spoil.Length > 0)
                {
                    grove.Spoil(spoil);
                }

                using var device = (GpuSelector)gpu.Accelerate(grove.Selector);
                Assert.Equal(grove.Selector.SelectBy(Backend.Scalar, grove.Now), device.Select(grove.Now));
                foreach (int wanted in new[] { 2, grove.Live.Count / 2, grove.Live.Count })
                {
                    var expected = new int[wanted];
                    var victims = new int[wanted];
                    Assert.Equal(grove.Selector.Lowest(grove.Now, expected), device.Select(grove.Now, victims));
                    Assert.Equal(expected, victims);
                }

                Assert.True(device.HasDevice);
            }
        }
    }
}
