using Squelch.Policies;

namespace Squelch.GpuScoring.Tests;

/// <summary>Replays with and without a device.</summary>
internal static class Replays
{
    /// <summary>The built-in policies, and those of single precision that are here.</summary>
    public static IReadOnlyList<RegisteredPolicy> Policies { get; } = PolicyCatalog.From([typeof(Marconi).Assembly, typeof(Replays).Assembly]).Policies;

    public static (ReplayResult Result, List<VictimRecord> Victims) Run(string policy, Trace trace, long capacityBytes, Func<IVictimSelector, IVictimSelector>? accelerate, Action<VictimRecord>? onVictim = null)
    {
        var victims = new List<VictimRecord>();
        ReplayResult result = Policies.Single(item => item.Descriptor.Name == policy).Replay(trace, new()
        {
            CapacityBytes = capacityBytes,
            Accelerate = accelerate,
            Seed = 9,
            OnVictim = victim =>
            {
                victims.Add(victim);
                onVictim?.Invoke(victim);
            },
        });
        return (result with { Seconds = 0 }, victims);
    }

    public static GpuScorer Simulator(Action<string>? onWarning = null, long memoryBytes = 0, GpuMode mode = GpuMode.Require)
        => GpuScorer.Open(new() { Mode = mode, Device = GpuOptions.Simulator, MemoryBytes = memoryBytes, OnWarning = onWarning ?? (warning => Assert.Fail(warning)) });
}
