namespace Squelch.GpuScoring.Tests;

/// <summary>The same replays on every GPU that ILGPU accepts here, of CUDA or OpenCL; where there is none, the test is skipped.</summary>
public sealed class RealDeviceTests
{
    [SkippableFact]
    public void EveryGpuChoosesTheVictimsOfTheCpu()
    {
        Skip.If(GpuScorer.Devices().Count == 0, "there is no GPU here that ILGPU accepts");
        Trace trace = RandomTrace.Make();
        for (int number = 0; number < GpuScorer.Devices().Count; number++)
        {
            using GpuScorer gpu = GpuScorer.Open(new() { Mode = GpuMode.Require, Device = number.ToString(System.Globalization.CultureInfo.InvariantCulture), OnWarning = warning => Assert.Fail(warning) });
            foreach (RegisteredPolicy policy in Replays.Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true }))
            {
                Assert.Equal(
                    Replays.Run(policy.Descriptor.Name, trace, RandomTrace.CapacityBytes(), accelerate: null).Victims,
                    Replays.Run(policy.Descriptor.Name, trace, RandomTrace.CapacityBytes(), gpu.Accelerate).Victims);
            }
        }
    }
}
