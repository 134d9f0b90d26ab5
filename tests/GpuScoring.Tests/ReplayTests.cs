using Squelch.Tests;

namespace Squelch.GpuScoring.Tests;

/// <summary>Whole replays on the device give the victims of the CPU, in its order.</summary>
public sealed class ReplayTests
{
    /// <summary>Policies with a formula: selectors written by hand have no kernel, and reuse tables stay with the processor.</summary>
    public static TheoryData<string> Names => [.. Formulas.Select(policy => policy.Descriptor.Name)];

    private static IEnumerable<RegisteredPolicy> Formulas
        => Replays.Policies.Where(policy => policy.Descriptor.Plan.Kind != PlanKind.Custom && !policy.Descriptor.Features.Any(feature => feature.NeedsReuseTable));

    [Fact]
    public void EveryPolicyWithAFormulaHasAKernel()
        => Assert.All(Formulas, policy => Assert.True(policy.Descriptor.Device?.HasKernel, policy.Descriptor.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySelectionOnTheDevice(string policy)
    {
        Trace trace = RandomTrace.Make();
        var expected = Replays.Run(policy, trace, RandomTrace.CapacityBytes(), accelerate: null);
        using GpuScorer gpu = Replays.Simulator();
        GpuSelector? used = null;
        var actual = Replays.Run(policy, trace, RandomTrace.CapacityBytes(), selector => used = (GpuSelector)gpu.Accelerate(selector));
        Assert.True(expected.Victims.Count > 50, $"{expected.Victims.Count} victims");
        Assert.Equal(expected.Victims, actual.Victims);
        Assert.Equivalent(expected.Result, actual.Result);

        // The first seeds of the tuner's window go by the CPU; every victim since came from the device.
        Assert.True(used!.DeviceSelections + used.BatchedVictims >= expected.Victims.Count, $"{used.DeviceSelections} + {used.BatchedVictims} of {expected.Victims.Count}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySelectionBySummaries(string policy)
    {
        Trace trace = RandomTrace.Make();
        using GpuScorer gpu = Replays.Simulator();
        gpu.Device!.LeastSummarizedRows = 0;
        Assert.Equal(
            Replays.Run(policy, trace, RandomTrace.CapacityBytes(), accelerate: null).Victims,
            Replays.Run(policy, trace, RandomTrace.CapacityBytes(), gpu.Accelerate).Victims);
    }

    [Theory]
    [InlineData("agent-small_sps=1_art=7.5_nums=12", 4_000_000_000)]
    [InlineData("fuzz-small_sps=1_nums=30", 1_000_000_000)]
    public void GoldenTraces(string name, long capacityBytes)
    {
        Trace trace = TraceReader.Load(SeededTraces.Golden(name));
        using GpuScorer gpu = Replays.Simulator();
        foreach (string policy in new[] { "Marconi", "Hyperbolic", "Gdsf" })
        {
            Assert.Equal(
                Replays.Run(policy, trace, capacityBytes, accelerate: null).Victims,
                Replays.Run(policy, trace, capacityBytes, gpu.Accelerate).Victims);
        }
    }

    [Fact]
    public void LongRequestsTakeSeveralVictimsOfOneChoice()
    {
        Trace trace = RandomTrace.Make(requests: 60, seed: 8);
        GpuSelector? used = null;
        using GpuScorer gpu = Replays.Simulator();
        var options = new PrefixCacheOptions { CapacityBytes = RandomTrace.CapacityBytes(40), Accelerate = selector => used = (GpuSelector)gpu.Accelerate(selector) };
        using var cache = new PrefixCache<Policies.Lru>(options);
        foreach (Request request in trace.Requests)
        {
            Lease lease = cache.Lookup(request.Pages.Span[..request.InputPages]);
            cache.Commit(lease, request.Pages.Span, request.InputTokens + request.OutputTokens);
        }

        for (int turn = 1; turn <= 4; turn++)
        {
            // One sequence that fills most of the cache.
            int[] long_ = [.. Enumerable.Range(turn * 100_000, 6_000)];
            cache.Commit(cache.Lookup(long_), long_);
        }

        Assert.True(used!.BatchedVictims > 10, $"{used.BatchedVictims} of {cache.LeafEvictions}");
    }

    [Fact]
    public void CachesShareADevice()
    {
        Trace trace = RandomTrace.Make();
        using GpuScorer gpu = Replays.Simulator();
        string[] policies = ["Marconi", "Hyperbolic", "Lru", "Gdsf", "Marconi", "RandomNode"];
        Parallel.ForEach(policies, policy => Assert.Equal(
            Replays.Run(policy, trace, RandomTrace.CapacityBytes(), accelerate: null).Victims,
            Replays.Run(policy, trace, RandomTrace.CapacityBytes(), gpu.Accelerate).Victims));
    }
}
