using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>Whatever the driver does, victims are the CPU's, none is lost or repeated, there is one warning, and what was taken is given back.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverFaultTests
{
    private static readonly Trace s_trace = RandomTrace.Make(requests: 70);
    private static readonly List<VictimRecord> s_expected = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), accelerate: null).Victims;

    public static TheoryData<string, int> Faults
    {
        get
        {
            var faults = new TheoryData<string, int>();
            foreach (string function in new[]
            {
                "cuCtxPushCurrent_v2", "cuModuleLoadDataEx", "cuModuleGetFunction", "cuMemAlloc_v2", "cuMemHostAlloc", "cuMemcpyHtoDAsync_v2", "cuMemHostGetDevicePointer_v2",
                "cuMemsetD8Async", "cuStreamCreate", "cuStreamSynchronize", "cuLaunchKernel", "cuMemcpyDtoDAsync_v2",
            })
            {
                faults.Add(function, 1);
                faults.Add(function, 2);
                faults.Add(function, 30);
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void ACallThatFails(string function, int time)
    {
        foreach ((bool always, int leastSummarized) in new[] { (false, int.MaxValue), (true, int.MaxValue), (false, 0), (true, 0) })
        {
            var warnings = new List<string>();
            FakeCuda cuda = FakeCuda.Start();
            cuda.Fault = (function, time, 700, always);
            using (GpuScorer gpu = cuda.Open(GpuMode.Auto, threads: 32, onWarning: warnings.Add, leastSummarizedRows: leastSummarized))
            {
                Assert.Equal(s_expected, Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), selector => gpu.Accelerate(selector, always: true)).Victims);
            }

            bool failed = cuda.Calls(function) >= time;
            Assert.Equal(failed ? 1 : 0, warnings.Count);
            Assert.All(warnings, warning => Assert.Contains("CUDA_ERROR_UNKNOWN 700, a fault that was asked for", warning, StringComparison.Ordinal));
            Assert.True(always || cuda.Held == 0, $"{cuda.Held} things were not given back");
            Assert.Equal(0, FakeCuda.Depth);
        }
    }

    [Fact]
    public void AllIsGivenBackWhoeverIsDisposedOfFirst()
    {
        foreach (bool deviceFirst in new[] { false, true })
        {
            FakeCuda cuda = FakeCuda.Start();
            GpuScorer gpu = cuda.Open();
            var nodes = new Nodes(Replays.Policies.Single(policy => policy.Descriptor.Name == "Marconi"), 40, 1, selector => selector);
            var first = (GpuSelector)gpu.Accelerate(nodes.Selector);
            var second = (GpuSelector)gpu.Accelerate(nodes.Selector);
            int victim = first.Select(nodes.Now);
            Assert.Equal(victim, second.Select(nodes.Now));
            Assert.Equal(1, cuda.Calls("cuModuleLoadDataEx"));
            foreach (IDisposable part in deviceFirst ? new IDisposable[] { gpu, first, second } : [first, second, gpu])
            {
                part.Dispose();
            }

            Assert.Equal(0, cuda.Held);
            Assert.Equal(victim, first.Select(nodes.Now));
        }
    }

    /// <summary>Whoever is faster then, the victims are the same.</summary>
    [Fact]
    public void WhatASelectionCostsIsMeasuredOnceForAllTreesOfAPolicy()
    {
        FakeCuda cuda = FakeCuda.Start();
        using (GpuScorer gpu = cuda.Open(GpuMode.Auto, threads: 64))
        {
            var selectors = new List<GpuSelector>();
            for (int time = 0; time < 2; time++)
            {
                Assert.Equal(s_expected, Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), Accelerate).Victims);
            }

            Assert.Equal(2, selectors.Count);

            IVictimSelector Accelerate(IVictimSelector selector)
            {
                int before = cuda.Calls("cuLaunchKernel");
                var device = (GpuSelector)gpu.Accelerate(selector);
                selectors.Add(device);

                // Two sizes, four times each, extremes and the best row.
                Assert.Equal(selectors.Count == 1 ? 2 * 4 * 2 : 0, cuda.Calls("cuLaunchKernel") - before);
                Assert.InRange(device.Device!.SecondsPerVictim(1 << 20), 0, 1e6);
                Assert.InRange(device.Device.SecondsPerVictim(1), 0, 1e6);
                return device;
            }
        }

        Assert.Equal(0, cuda.Held);
    }

    [Fact]
    public void DisposedInFlight()
    {
        var warnings = new List<string>();
        FakeCuda cuda = FakeCuda.Start();
        GpuScorer gpu = cuda.Open(threads: 32, onWarning: warnings.Add);
        int victims = 0;
        var actual = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), gpu.Accelerate, _ =>
        {
            if (++victims == 10)
            {
                gpu.Dispose();
            }
        });
        Assert.Equal(s_expected, actual.Victims);
        Assert.Single(warnings);
        Assert.Equal(0, cuda.Held);
    }

    /// <summary>Each thread's calls are in the device's context, and each tree has a stream of its own.</summary>
    [Fact]
    public async Task TreesOnSeveralThreadsShareADevice()
    {
        FakeCuda cuda = FakeCuda.Start();
        using (GpuScorer gpu = cuda.Open(threads: 32))
        {
            foreach (List<VictimRecord> victims in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), gpu.Accelerate).Victims))))
            {
                Assert.Equal(s_expected, victims);
            }

            Assert.Equal(1, cuda.Calls("cuModuleLoadDataEx"));
            Assert.Equal(3, cuda.Calls("cuStreamCreate"));
        }

        Assert.Equal(0, cuda.Held);
    }

    [Fact]
    public void MemoryBeyondTheLimitIsNotTaken()
    {
        var warnings = new List<string>();
        using GpuScorer gpu = FakeCuda.Start().Open(GpuMode.Auto, threads: 32, onWarning: warnings.Add, memoryBytes: 2_000);
        Assert.Equal(s_expected, Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), selector => gpu.Accelerate(selector, always: true)).Victims);
        Assert.Contains("Squelch:GpuMemory", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ADriverThatIsTooOldSaysWhatItLacks()
    {
        FakeCuda cuda = FakeCuda.Start();
        cuda.Missing = "cuMemsetD8Async";
        Assert.Contains("has no cuMemsetD8Async: it is too old", Assert.Throws<SquelchException>(() => cuda.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DevicesAreChosenByNumberOrName()
    {
        FakeCuda cuda = FakeCuda.Start();
        Assert.Equal("Fake GPU 0", cuda.Open().DeviceName);
        Assert.Equal("Fake GPU 1", cuda.Open(device: "1").DeviceName);
        Assert.Equal("Fake GPU 1", cuda.Open(device: "gpu 1").DeviceName);
        Assert.Contains("there is 0: Fake GPU 0, 1: Fake GPU 1", Assert.Throws<SquelchException>(() => cuda.Open(device: "2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheDriverSaysOfRefusedKernelsIsInTheMessage()
    {
        FakeCuda cuda = FakeCuda.Start();
        var driver = new CudaDriver(cuda.Export);
        driver.PushContext(driver.RetainContext(0));
        string message = Assert.Throws<SquelchException>(() => driver.LoadModule(".visible .entry best(\n)\nfma.rn.f64 %d1, %d2, %d3, %d4;")).Message;
        driver.PopContext();
        Assert.Contains("CUDA_ERROR_INVALID_PTX 218", message, StringComparison.Ordinal);
        Assert.Contains("It says: 'fma.rn.f64'", message, StringComparison.Ordinal);
    }

    /// <summary>Where a GPU is not demanded, a policy without such kernels is the CPU's; where it is, the message says why.</summary>
    [Fact]
    public void APolicyWithoutKernelsOfBuildTimeStaysOnTheCpu()
    {
        var nodes = new Nodes(Replays.Policies.First(policy => policy.Descriptor.Device is { HasKernel: true } && !DriverAgreementTests.HasPtx(policy)), 5, 1, selector => selector);
        using GpuScorer gpu = FakeCuda.Start().Open(GpuMode.Auto);
        Assert.Same(nodes.Selector, gpu.Accelerate(nodes.Selector));
        using GpuScorer required = FakeCuda.Start().Open();
        Assert.Contains("build time", Assert.Throws<SquelchException>(() => required.Accelerate(nodes.Selector)).Message, StringComparison.Ordinal);
    }
}
