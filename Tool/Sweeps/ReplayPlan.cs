namespace Squelch.Tool;

/// <summary>Which replays to run: every trace with every policy at every capacity.</summary>
internal sealed record ReplayPlan
{
    /// <summary>A capacity that no trace fills.</summary>
    public const long Endless = 1L << 60;

    /// <summary>Trace files, in the order of the results.</summary>
    public required IReadOnlyList<string> TracePaths { get; init; }

    /// <summary>Policies with their tunables.</summary>
    public required IReadOnlyList<PolicySettings> Policies { get; init; }

    /// <summary>Capacities in bytes.</summary>
    public required IReadOnlyList<long> Capacities { get; init; }

    /// <summary>LRU, which the share of the bound is measured from, and the rules that know the future; none to leave the bounds out.</summary>
    public IReadOnlyList<PolicySettings> Baselines { get; init; } = [];

    /// <summary>The model that gives bytes and FLOPs.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>Every key of a key trace counts as 1.</summary>
    public bool UnitSizes { get; init; }

    /// <summary>Which column of a key trace is what; null to find it.</summary>
    public KeyColumns? Columns { get; init; }

    /// <summary>The seed of every replay.</summary>
    public ulong Seed { get; init; }

    /// <summary>What drives the caches' clocks.</summary>
    public ReplayClock Clock { get; init; }

    /// <summary>Errors of the feature <c>nextUse</c>.</summary>
    public OracleNoise Noise { get; init; }

    /// <summary>Replays that run at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where finished replays are kept, so that the plan can go on after an interruption; null for nowhere.</summary>
    public CellStore? Finished { get; init; }

    /// <summary>Puts a device in front of each cache's selector, or null.</summary>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>True for a single replay, whose requests and victims can be written out.</summary>
    public bool IsSingle => TracePaths.Count == 1 && Policies.Count == 1 && Capacities.Count == 1;

    /// <summary>The replays of some traces: those asked for, by trace, capacity and policy in the plan's order, then those for the bounds alone.</summary>
    public IReadOnlyList<ReplayCell> Cells(IReadOnlyList<Trace> traces)
    {
        var asked =
            from trace in traces
            from capacity in Capacities
            from policy in Policies
            select new ReplayCell(trace, policy, capacity, policy.Policy.Descriptor.NeedsFuture ? Noise : default);
        var bounds =
            from trace in traces
            from capacity in Capacities.Append(Endless)
            from policy in capacity == Endless ? Baselines.Take(1) : Baselines.Where(baseline => !Policies.Any(policy => IsExact(policy) && policy.Same(baseline)))
            select new ReplayCell(trace, policy, capacity);
        return [.. asked, .. bounds];
    }

    /// <summary>All that the result of a replay depends on, besides the trace and the policy.</summary>
    public ReplaySettings Settings(ReplayCell cell) => new()
    {
        CapacityBytes = cell.CapacityBytes,
        Model = cell.Trace.Model ?? Model,
        Seed = Seed,
        Clock = Clock,
        Noise = cell.Noise,
        Tunables = cell.Policy.Tunables,
        BootstrapMultiplier = cell.Policy.BootstrapMultiplier,
    };

    // Bounds know the future without errors.
    private bool IsExact(PolicySettings policy) => Noise.Sigma == 0 || !policy.Policy.Descriptor.NeedsFuture;
}
