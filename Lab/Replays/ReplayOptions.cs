namespace Squelch.Lab;

/// <summary>What drives the cache's clock in a replay.</summary>
public enum ReplayClock
{
    /// <summary>One tick per lookup and one per commit, as in the Marconi paper.</summary>
    Ticks,

    /// <summary>The arrival times of the trace: a tick is a millisecond. A request is committed at the time at which it was looked up.</summary>
    Time,
}

/// <summary>How a trace is replayed.</summary>
public sealed record ReplayOptions
{
    /// <summary>The cache's budget in bytes.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Gives bytes and FLOPs.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; init; }

    /// <summary>Tunables by name; naming the one that the policy's bootstrap tuner would find fixes it.</summary>
    public IReadOnlyDictionary<string, double> Tunables { get; init; } = new Dictionary<string, double>();

    /// <summary>The bootstrap tuner's window multiplier; null for the policy's own.</summary>
    public int? BootstrapMultiplier { get; init; }

    /// <summary>True for a <see cref="ReplayResult.Profile"/>.</summary>
    public bool Profile { get; init; }

    /// <summary>Index of a request whose victims shall be explained: <see cref="ReplayResult.Explained"/>.</summary>
    public int? ExplainRequest { get; init; }

    /// <summary>What drives the cache's clock.</summary>
    public ReplayClock Clock { get; init; }

    /// <summary>Errors of the feature <c>nextUse</c>; none by default.</summary>
    public OracleNoise Noise { get; init; }

    /// <inheritdoc cref="PrefixCacheOptions.Accelerate"/>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>Told of each request after its commit.</summary>
    public Action<RequestRecord>? OnRequest { get; init; }

    /// <summary>Told of each victim before it goes.</summary>
    public Action<VictimRecord>? OnVictim { get; init; }

    /// <summary>Told of the requests done, now and then.</summary>
    public Action<int>? OnProgress { get; init; }

    /// <summary>Stops the replay between two requests.</summary>
    public CancellationToken Cancellation { get; init; }
}
