namespace Squelch.Caching;

/// <summary>What a cache of values has done so far. Read at any time; numbers of one moment need not fit each other while other threads use the cache.</summary>
public sealed class PolicyCacheMetrics
{
    private readonly Func<long> _hits;
    private readonly Func<RemovalReason, long> _removals;
    private readonly Func<long> _failedCallbacks;
    private readonly StripedCounter _misses = new();
    private long _loads;
    private long _takenBack;
    private long _failedLoads;

    internal PolicyCacheMetrics(Func<long> hits, Func<RemovalReason, long> removals, Func<long> failedCallbacks)
    {
        _hits = hits;
        _removals = removals;
        _failedCallbacks = failedCallbacks;
    }

    /// <summary>Requests that found a value.</summary>
    public long Hits => Math.Max(0, _hits() - Volatile.Read(ref _takenBack));

    /// <summary>Requests that found none; those that waited for another one's factory are among them.</summary>
    public long Misses => _misses.Sum;

    /// <summary>Hits and misses.</summary>
    public long Requests => Hits + Misses;

    /// <summary>Hits per request; 0 before the first.</summary>
    public double HitRate
    {
        get
        {
            long hits = Hits;
            long requests = hits + Misses;
            return requests == 0 ? 0 : (double)hits / requests;
        }
    }

    /// <summary>Factories that returned a value.</summary>
    public long Loads => Volatile.Read(ref _loads);

    /// <summary>Factories that threw, also those that were told to stop, and those whose value could not be kept because its size or an option cannot be.</summary>
    public long FailedLoads => Volatile.Read(ref _failedLoads);

    /// <summary>Callbacks, and calls of Dispose of values, that threw.</summary>
    public long FailedCallbacks => _failedCallbacks();

    /// <summary>Values that left because of <see cref="RemovalReason.Capacity"/>.</summary>
    public long Evictions => Removals(RemovalReason.Capacity);

    /// <summary>Values that left for one reason.</summary>
    /// <param name="reason">The reason.</param>
    public long Removals(RemovalReason reason) => _removals(reason);

    internal void Miss() => _misses.Increment();

    /// <summary>A hit was counted whose value turned out to be too old.</summary>
    internal void HitWasMiss()
    {
        Interlocked.Increment(ref _takenBack);
        _misses.Increment();
    }

    internal void Loaded() => Interlocked.Increment(ref _loads);

    internal void LoadFailed() => Interlocked.Increment(ref _failedLoads);
}
