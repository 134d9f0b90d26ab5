using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Memory;

namespace Squelch.Caching;

/// <summary>
/// An <see cref="IMemoryCache"/> that evicts by a policy: the first level of HybridCache or FusionCache, or a cache of your own. <see cref="CacheItemPriority"/> is the feature
/// <c>priority</c> (0, 1, 2); what is never to be removed is pinned. Where an entry needs room, victims make it at once; there is no compaction in the background. How it differs from MemoryCache: docs/how-to/cache-values.md.
/// </summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed class PolicyMemoryCache<TPolicy> : IMemoryCache, IMemoryEntryOwner
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private readonly AsyncLocal<MemoryEntry?>? _current;
    private readonly bool _isSized;
    private readonly bool _measuresCost;
    private readonly Func<object, object?, double>? _costOf;
    private readonly PolicyCache<object, MemoryEntry, TPolicy> _cache;
    private readonly TimeProvider _time;
    private readonly long _scanFrequency;
    private long _lastScan;
    private int _scans;

    // Some entries are over without anybody telling: their tokens are to be asked.
    private bool _asksTokens;
    private bool _disposed;

    /// <summary>An empty cache.</summary>
    /// <param name="options">Capacity and all else; read now, so that later changes change nothing.</param>
    /// <param name="meterFactory">Makes the meter of the metrics; null for one of its own.</param>
    /// <exception cref="SquelchException">The policy needs what a cache of values does not know, or an option cannot be.</exception>
    public PolicyMemoryCache(PolicyMemoryCacheOptions options, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        TPolicy policy = options.Policy<TPolicy>();
        _isSized = options.SizeLimit is not null;
        _measuresCost = options.MeasureCost;
        _costOf = options.CostOf;
        _time = options.TimeProvider ?? TimeProvider.System;
        _scanFrequency = options.ExpirationScanFrequency.Ticks;
        _lastScan = UtcNow;
        _asksTokens = options.TrackLinkedCacheEntries;
        _current = options.TrackLinkedCacheEntries ? new() : null;
        _cache = new(policy, new()
        {
            Capacity = options.SizeLimit ?? options.Capacity,
            SizeOf = _isSized ? static (_, entry) => entry.Size!.Value : null,
            Clock = options.Clock,
            Deterministic = options.Deterministic,
            Seed = options.Seed,
            Name = options.Name,
            MeterFactory = meterFactory,
            TimeProvider = _time,
            OnRemoved = static removed => removed.Value.End(ReasonOf(removed)),
        });
    }

    /// <summary>Entries in the cache. Some may be too old, and go when they are asked for or when it is their turn.</summary>
    public int Count => _cache.Count;

    /// <summary>The keys of all entries that are not too old, in no order.</summary>
    public IEnumerable<object> Keys => _cache.Where(entry => !entry.Value.IsOver(_time)).Select(static entry => entry.Key);

    /// <summary>What the cache has done so far.</summary>
    public PolicyCacheMetrics Metrics => _cache.Metrics;

    /// <summary>The policy; new tunables take effect at the next eviction, and all entries stay.</summary>
    /// <exception cref="SquelchException">A tunable is out of its range; nothing has changed.</exception>
    public TPolicy Policy
    {
        get => _cache.Policy;
        set => _cache.Policy = value;
    }

    /// <inheritdoc/>
    public bool TryGetValue(object key, out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_disposed, this);
        value = null;
        if (!_cache.TryGet(key, out MemoryEntry? entry))
        {
            ScanIfDue(UtcNow);
            return false;
        }

        if (entry.IsOver(_time))
        {
            _cache.Metrics.HitWasMiss();
            Remove(entry);
            return false;
        }

        value = entry.Value;
        if (_current?.Value is { } outer)
        {
            entry.LinkTo(outer);
        }

        return true;
    }

    /// <summary>A new entry. It comes into the cache when it is disposed, where it has got a value by then.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public ICacheEntry CreateEntry(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var entry = new MemoryEntry(key, this, _current?.Value, _measuresCost ? _time.GetTimestamp() : 0);
        if (_current is not null)
        {
            _current.Value = entry;
        }

        return entry;
    }

    /// <inheritdoc/>
    public void Remove(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cache.TryRemove(key);
        ScanIfDue(UtcNow);
    }

    /// <summary>Takes all entries out.</summary>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cache.Clear();
    }

    /// <summary>
    /// Takes all entries out that are too old, and then, until the share is reached, those of low priority, normal and high, and of one priority by the policy. Those that are never to be
    /// removed stay.
    /// </summary>
    /// <param name="percentage">The share of the entries, with those that are too old: 0.1 for a tenth.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public void Compact(double percentage)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (percentage is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(percentage), percentage, "The share lies between 0 and 1.");
        }

        int count = Count;
        int gone = RemoveOver(askTokens: true);
        int more = Math.Max(0, (int)(percentage * count) - gone);
        _cache.Do(residents => residents.Compact(more, static entry => (int)entry.Value.Priority, (int)CacheItemPriority.High));
    }

    /// <inheritdoc/>
    public MemoryCacheStatistics GetCurrentStatistics() => new()
    {
        CurrentEntryCount = _cache.Count,
        CurrentEstimatedSize = _isSized ? _cache.Size : null,
        TotalHits = _cache.Metrics.Hits,
        TotalMisses = _cache.Metrics.Misses,
    };

    /// <summary>Takes all entries out, and refuses all later calls.</summary>
    public void Dispose()
    {
        _disposed = true;
        _cache.Dispose();
    }

    void IMemoryEntryOwner.Close(MemoryEntry entry, MemoryEntry? outer, bool hasValue)
    {
        _current?.Value = outer;
        if (!hasValue)
        {
            return;
        }

        Commit(entry);
        if (outer is not null)
        {
            entry.LinkTo(outer);
        }
    }

    void IMemoryEntryOwner.Expire(MemoryEntry entry) => OnPool(() => Remove(entry));

    void IMemoryEntryOwner.CallbackFailed() => _cache.CallbackFailed();

    private static EvictionReason ReasonOf(RemovedEntry<object, MemoryEntry> removed) => removed.Reason switch
    {
        RemovalReason.Removed or RemovalReason.Expired when removed.Value.Over != EvictionReason.None => removed.Value.Over,
        RemovalReason.Removed => EvictionReason.Removed,
        RemovalReason.Replaced => EvictionReason.Replaced,
        RemovalReason.Expired => EvictionReason.Expired,
        _ => EvictionReason.Capacity,
    };

    private long UtcNow => _time.GetUtcNow().UtcTicks;

    private void Commit(MemoryEntry entry)
    {
        if (_disposed)
        {
            // Whoever makes an entry while the cache ends has its value; as in MemoryCache that is no error.
            return;
        }

        if (_isSized && entry.Size is null)
        {
            throw new InvalidOperationException($"The entry '{entry.Key}' does not say its size, but the cache has a SizeLimit. Set the entry's Size.");
        }

        DateTimeOffset now = _time.GetUtcNow();
        if (entry.AbsoluteExpirationRelativeToNow is { } life)
        {
            // What is linked to the entry ends with it.
            DateTimeOffset end = life < DateTimeOffset.MaxValue - now ? now + life : DateTimeOffset.MaxValue;
            entry.AbsoluteExpiration = entry.AbsoluteExpiration < end ? entry.AbsoluteExpiration : end;
        }

        bool isOver = entry.IsOver(_time) || entry.AbsoluteExpiration <= now;
        _cache.AddOrUpdate(entry.Key, entry, new()
        {
            AbsoluteExpiration = isOver ? DateTimeOffset.MinValue : entry.AbsoluteExpiration,
            SlidingExpiration = entry.SlidingExpiration,
            Priority = (double)entry.Priority,
            Pinned = entry.Priority == CacheItemPriority.NeverRemove,
            Cost = _costOf?.Invoke(entry.Key, entry.Value) ?? (_measuresCost ? _time.GetElapsedTime(entry.Created).TotalMilliseconds : null),
        });
        if (isOver)
        {
            Remove(entry);
        }
        else if (!entry.Listen())
        {
            _asksTokens = true;
        }

        ScanIfDue(now.UtcTicks);
    }

    private bool Remove(MemoryEntry entry) => _cache.TryRemove(new KeyValuePair<object, MemoryEntry>(entry.Key, entry));

    /// <summary>There is no timer: calls that miss, and changes, see to what is over and was not asked for.</summary>
    private void ScanIfDue(long now)
    {
        if (now - Volatile.Read(ref _lastScan) < _scanFrequency || Interlocked.Exchange(ref _scans, 1) != 0)
        {
            return;
        }

        Volatile.Write(ref _lastScan, now);
        ThreadPool.UnsafeQueueUserWorkItem(
            static cache =>
            {
                cache.OnPool(() => cache.RemoveOver(cache._asksTokens));
                Volatile.Write(ref cache._scans, 0);
            },
            this,
            preferLocal: false);
    }

    private int RemoveOver(bool askTokens)
    {
        int gone = _cache.RemoveExpired();
        return askTokens ? gone + _cache.Count(entry => entry.Value.IsOver(_time) && Remove(entry.Value)) : gone;
    }

    /// <summary>What a token or a policy of the user throws there would end the process; the next call that meets it throws it again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for it.")]
    private void OnPool(Action action)
    {
        try
        {
            action();
        }
        catch
        {
            _cache.CallbackFailed();
        }
    }
}
