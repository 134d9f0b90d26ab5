namespace Squelch;

/// <summary>A cache that replays the requests of another, for its tuner.</summary>
internal sealed class ShadowCache<TPolicy> : IShadow
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private readonly PrefixCache<TPolicy> _cache;
    private long _time;

    /// <param name="policy">The policy with its tunables.</param>
    /// <param name="options">Where there is a clock, the shadow's stands at the times of the requests.</param>
    public ShadowCache(TPolicy policy, PrefixCacheOptions options)
        => _cache = new(policy, options.Clock is null ? options : options with { Clock = () => _time });

    public bool HasEvicted => _cache.LookupsBeforeEviction is not null;

    public int Replay(in RecordedRequest request, ReadOnlySpan<int> pages)
    {
        _time = request.Time;
        Lease lease = _cache.Lookup(pages[..request.InputPages], request.Space, request.Hints, request.InputTokens);
        _cache.Commit(lease, pages, request.Tokens);
        return lease.HitTokens;
    }

    public void Dispose() => _cache.Dispose();
}

/// <summary>Makes the shadows of a cache: they hear of nothing and tell nobody.</summary>
internal sealed class ShadowFactory<TPolicy>(PrefixCacheOptions options) : IShadowFactory
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private readonly PrefixCacheOptions _options = options with
    {
        OnVictim = null,
        Accelerate = null,
        Predictor = null,
        Contents = null,
        ChecksCommits = false,
        Tuning = new() { Mode = TuningMode.Off },
        SlabBits = 12,
    };

    public PolicyDescriptor Descriptor => TPolicy.Descriptor;

    public ModelShape Model => _options.Model;

    public IShadow Create(ReadOnlySpan<double> tunables, double share, int groupPages)
        => new ShadowCache<TPolicy>(
            TPolicy.FromTunables(tunables),
            _options with
            {
                CapacityBytes = Math.Max(Model.LeastBytes, (long)(share * _options.CapacityBytes)),
                PageTokens = groupPages * _options.PageTokens,
            });
}
