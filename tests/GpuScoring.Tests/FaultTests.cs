using System.Reflection;

namespace Squelch.GpuScoring.Tests;

/// <summary>Whatever happens to the device, victims are the CPU's, none is lost or repeated, and there is one warning.</summary>
public sealed class FaultTests
{
    private static readonly Trace s_trace = RandomTrace.Make();
    private static readonly List<VictimRecord> s_expected = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), accelerate: null).Victims;

    public static TheoryData<string, int> Steps
    {
        get
        {
            var steps = new TheoryData<string, int>();
            foreach (DeviceStep step in Enum.GetValues<DeviceStep>())
            {
                steps.Add(step.ToString(), 1);
                steps.Add(step.ToString(), 3);
                steps.Add(step.ToString(), 40);
            }

            return steps;
        }
    }

    [Fact]
    public void WithoutADevice()
    {
        using GpuScorer gpu = GpuScorer.Open(new() { Mode = GpuMode.Auto, Device = "a device of another world", OnWarning = _ => { } });
        Assert.Null(gpu.DeviceName);
        Assert.Equal(s_expected, Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), gpu.Accelerate).Victims);
    }

    [Fact]
    public void ARequiredDeviceThatIsNotThereIsAnError()
    {
        var error = Assert.Throws<SquelchException>(() => GpuScorer.Open(new() { Mode = GpuMode.Require, Device = "a device of another world" }));
        Assert.Contains("no GPU", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANamedDeviceThatIsNotThereIsAWarning()
    {
        var warnings = new List<string>();
        using GpuScorer gpu = GpuScorer.Open(new() { Device = "a device of another world", OnWarning = warnings.Add });
        Assert.Single(warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    [InlineData(20_000)]
    public void RefusedAllocation(long bytes)
    {
        var warnings = new List<string>();
        using GpuScorer gpu = Replays.Simulator(warnings.Add, bytes, GpuMode.Auto);
        var actual = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), Forced(gpu));
        Assert.Equal(s_expected, actual.Victims);
        Assert.Contains("Squelch:GpuMemory", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void AStepThatFails(string step, int time)
    {
        var warnings = new List<string>();
        using GpuScorer gpu = Replays.Simulator(warnings.Add, mode: GpuMode.Auto);
        DeviceStep failing = Enum.Parse<DeviceStep>(step);
        int seen = 0;
        gpu.Device!.Probe = now =>
        {
            if (now == failing && ++seen == time)
            {
                throw new InvalidOperationException("the device is gone");
            }
        };
        var actual = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), Forced(gpu));
        Assert.Equal(s_expected, actual.Victims);
        if (seen >= time)
        {
            Assert.Contains("the device is gone", Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADeviceThatStaysGone()
    {
        var warnings = new List<string>();
        using GpuScorer gpu = Replays.Simulator(warnings.Add, mode: GpuMode.Auto);
        int steps = 0;
        gpu.Device!.Probe = _ =>
        {
            if (++steps > 60)
            {
                throw new InvalidOperationException("the device is gone");
            }
        };
        for (int time = 0; time < 4; time++)
        {
            Assert.Equal(s_expected, Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), Forced(gpu)).Victims);
        }

        // The first cache loses its device, those after it are refused one: each says why, once.
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains("the device is gone", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void DisposedInFlight()
    {
        var warnings = new List<string>();
        GpuScorer gpu = Replays.Simulator(warnings.Add);
        int victims = 0;
        var actual = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), gpu.Accelerate, _ =>
        {
            if (++victims == 20)
            {
                gpu.Dispose();
            }
        });
        Assert.Equal(s_expected, actual.Victims);
        Assert.Single(warnings);
    }

    [Fact]
    public async Task DisposedFromAnotherThread()
    {
        for (int time = 0; time < 5; time++)
        {
            var warnings = new List<string>();
            GpuScorer gpu = Replays.Simulator(warnings.Add);
            using var started = new ManualResetEventSlim();
            Task dispose = Task.Run(() =>
            {
                started.Wait();
                Thread.Sleep(time * 7);
                gpu.Dispose();
            });
            var actual = Replays.Run("Marconi", s_trace, RandomTrace.CapacityBytes(), gpu.Accelerate, _ => started.Set());
            started.Set();
            await dispose;
            Assert.Equal(s_expected, actual.Victims);
            Assert.InRange(warnings.Count, 0, 1);
        }
    }

    [Fact]
    public void AnAnswerThatCannotBeIsNotBelieved()
    {
        using GpuScorer gpu = Replays.Simulator();
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        var cpu = (FormulaSelector)new Policies.Lru().CreateSelector(nodes, 0);
        DeviceShape shape = ((IDeviceScored)cpu).DeviceShape;
        var batch = new VictimBatch(cpu, shape);
        Assert.Contains("no candidate", Assert.Throws<SquelchException>(() => batch.Open(1, [5, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("0 victims of 1", Assert.Throws<SquelchException>(() => batch.Open(1, [], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("no candidate", Assert.Throws<SquelchException>(() => batch.Open(1, [ulong.MaxValue, 1], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASelectorWithoutAKernelStaysAsItIs()
    {
        using GpuScorer gpu = Replays.Simulator(mode: GpuMode.Auto);
        IVictimSelector own = DispatchProxy.Create<IVictimSelector, Nothing>();
        Assert.Same(own, gpu.Accelerate(own));
        using GpuScorer required = Replays.Simulator();
        Assert.Contains("has no kernel", Assert.Throws<SquelchException>(() => required.Accelerate(own)).Message, StringComparison.Ordinal);
    }

    /// <summary>Fails as <see cref="GpuMode.Auto"/> does, but does not wait until the device is faster.</summary>
    private static Func<IVictimSelector, IVictimSelector> Forced(GpuScorer gpu) => selector => gpu.Accelerate(selector, always: true);

    public class Nothing : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
