namespace Squelch;

/// <summary>How a cache is set up.</summary>
public sealed record PrefixCacheOptions
{
    /// <summary>The budget in bytes for checkpoints and KV; it holds at every return.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Gives bytes and FLOPs. Default: the paper's 7B hybrid.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>Tokens per page: 1, or the block size of a block-hash trace.</summary>
    public int PageTokens { get; init; } = 1;

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; init; }

    /// <summary>The caller's clock; null for logical ticks, one per lookup and one per commit. A clock that goes back is held.</summary>
    public Func<long>? Clock { get; init; }

    /// <summary>Puts another selector, which must choose the same victims, in front of the policy's own: see Squelch.GpuScoring. Null for the policy's own.</summary>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>Whom policies ask that work with predictions (<see cref="IPredictedSelector"/>); null for nobody.</summary>
    public INextUsePredictor? Predictor { get; init; }

    /// <summary>Whom policies ask that follow predicted contents (<see cref="IContentsPredictedSelector"/>); null for nobody.</summary>
    public IContentsPredictor? Contents { get; init; }

    /// <summary>How the tunables of a policy that declares a tuner are looked for.</summary>
    public TuningOptions Tuning { get; init; } = new();

    /// <summary>
    /// True to check that a commit begins with the input that its lease looked up, by a hash of both: a commit of anything else would be found as a hit
    /// later. False for a caller that hands in the same pages both times by construction, as a replay does.
    /// </summary>
    public bool ChecksCommits { get; init; } = true;

    /// <summary>
    /// Told of each victim, before it goes. It may read the cache, but not call it: such a call is refused. What it throws comes out of the commit once
    /// that is whole: see <see cref="PrefixCache.LastActions"/>.
    /// </summary>
    public Action<VictimRecord>? OnVictim { get; init; }

    /// <summary>Pages that the tree takes at a time, as a power of two.</summary>
    internal int SlabBits { get; init; } = TokenSlabs.UsualBits;
}
