namespace Squelch.Tool;

/// <summary>Which replays to run: every trace with every policy at every capacity.</summary>
internal sealed record ReplayPlan
{
    /// <summary>A capacity that no trace fills.</summary>
    public const long Endless = 1L << 60;

    /// <summary>The share of a trace's footprint at which policies differ on most traces, for those who show one capacity.</summary>
    public const double TellingShare = 0.05;

    /// <summary>From where little fits to where most of what comes again does.</summary>
    public static IReadOnlyList<double> UsualShares { get; } = [0.02, TellingShare, 0.2];

    /// <summary>Trace files, in the order of the results.</summary>
    public required IReadOnlyList<string> TracePaths { get; init; }

    /// <summary>Policies with their tunables.</summary>
    public required IReadOnlyList<PolicySettings> Policies { get; init; }

    /// <summary>Capacities in bytes; none for <see cref="FootprintShares"/> of what each trace fills.</summary>
    public IReadOnlyList<long> Capacities { get; init; } = [];

    /// <summary>The capacities where none are given, as shares of a trace's footprint.</summary>
    public IReadOnlyList<double> FootprintShares { get; init; } = UsualShares;

    /// <summary>LRU, which shares of the way and the footprint are measured from, and two policies that know the future, which are among the offline rules.</summary>
    public required IReadOnlyList<PolicySettings> Baselines { get; init; }

    /// <summary>False to leave the bounds out.</summary>
    public bool HasBounds { get; init; } = true;

    /// <summary>The model that gives bytes and FLOPs.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>How the traces are read.</summary>
    public TraceReading Reading { get; init; } = new();

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
    public bool IsSingle => TracePaths.Count == 1 && Policies.Count == 1 && CapacityCount == 1;

    /// <summary>Capacities of each trace.</summary>
    public int CapacityCount => Capacities.Count == 0 ? FootprintShares.Count : Capacities.Count;

    /// <summary>True where the traces must be replayed with endless room before all else.</summary>
    public bool NeedsFootprints => HasBounds || Capacities.Count == 0;

    /// <summary>The replay that gives a trace's footprint and the most that a cache can hit.</summary>
    public ReplayCell EndlessCell(Trace trace) => new(trace, Baselines[0], Endless);

    /// <summary>The capacities of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="footprint">What it fills; null where that is not known, because nobody asks for it.</param>
    /// <exception cref="SquelchException">A given capacity holds no prefix of the model.</exception>
    public IReadOnlyList<long> CapacitiesOf(Trace trace, long? footprint)
    {
        ModelShape model = trace.Model ?? Model;
        if (Capacities.Count > 0)
        {
            CapacityList.CheckAgainst(model, Capacities);
            return Capacities;
        }

        return [.. FootprintShares.Select(share => Math.Max(model.LeastBytes, ByteSize.Round((long)(share * footprint!.Value)))).Distinct()];
    }

    /// <summary>The replays of some traces: those asked for, by trace, capacity and policy in the plan's order, then those for the bounds alone.</summary>
    public IReadOnlyList<ReplayCell> Cells(IReadOnlyList<SizedTrace> traces)
    {
        var asked =
            from sized in traces
            from capacity in sized.Capacities
            from policy in Policies
            select new ReplayCell(sized.Trace, policy, capacity, policy.Policy.Descriptor.NeedsFuture ? Noise : default);
        var bounds =
            from sized in HasBounds ? traces : []
            from capacity in sized.Capacities
            from policy in Baselines.Where(baseline => !Policies.Any(policy => IsExact(policy) && policy.Same(baseline)))
            select new ReplayCell(sized.Trace, policy, capacity);
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
