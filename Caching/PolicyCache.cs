using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>
/// A cache of values that evicts by a policy: any policy of yours or of Squelch.Policies whose features have a meaning for keys. Safe for many threads; a hit takes no lock and allocates
/// nothing, and a value that is missing is made once, however many ask for it.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed partial class PolicyCache<TKey, TValue, TPolicy> : IEnumerable<KeyValuePair<TKey, TValue>>, IDisposable
    where TKey : notnull
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private readonly PolicyCacheOptions<TKey, TValue> _options;
    private readonly EntryTable<TKey, TValue> _table;
    private readonly Residents<TKey, TValue> _residents;
    private readonly Maintenance<TKey, TValue> _maintenance;
    private readonly CacheMeter? _meter;
    private TPolicy _policy;
    private bool _disposed;

    /// <summary>A cache under the policy's defaults.</summary>
    /// <param name="options">Capacity and all else.</param>
    /// <exception cref="SquelchException">The policy needs what a cache of values does not know, or the clock is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    /// <exception cref="ArgumentNullException">There are no options, or no time.</exception>
    public PolicyCache(PolicyCacheOptions<TKey, TValue> options)
        : this(Defaults(), options)
    {
    }

    /// <summary>A cache under a policy with these tunables.</summary>
    /// <param name="policy">The policy with its tunables.</param>
    /// <param name="options">Capacity and all else.</param>
    /// <exception cref="SquelchException">The policy needs what a cache of values does not know, a tunable is out of its range, or the clock is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    /// <exception cref="ArgumentNullException">There are no options, or no time.</exception>
    public PolicyCache(TPolicy policy, PolicyCacheOptions<TKey, TValue> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1, "options.Capacity");
        ArgumentNullException.ThrowIfNull(options.TimeProvider, "options.TimeProvider");
        KeyPolicy.Check(TPolicy.Descriptor, options.Clock);
        TPolicy.Descriptor.CheckTunables(TunablesOf(policy));
        _policy = policy;
        _options = options;
        _table = new(options);
        _residents = new(_table, options, policy.CreateSelector, KeyPolicy.ReadsHints(TPolicy.Descriptor));
        _maintenance = new(_table, _residents, options.Deterministic);
        Metrics = new(() => _maintenance.Hits, Removals, () => _table.FailedCallbacks);
        if (options.Name is not null)
        {
            _meter = new(options.Name, options.MeterFactory, Metrics, () => Count, () => Size);
        }
    }

    /// <summary>Values in the cache. Some may be too old, and go when they are asked for or when it is their turn.</summary>
    public int Count
    {
        get
        {
            _maintenance.TellOfChanges();
            return _table.Count;
        }
    }

    /// <summary>What the values take of the capacity.</summary>
    public long Size
    {
        get
        {
            _maintenance.TellOfChanges();
            return _residents.Size;
        }
    }

    /// <summary>The most that the values may take.</summary>
    public long Capacity => _residents.Capacity;

    /// <summary>What the cache has done so far.</summary>
    public PolicyCacheMetrics Metrics { get; }

    /// <summary>The policy; new tunables take effect at the next eviction, and all values stay.</summary>
    /// <exception cref="SquelchException">A tunable is out of its range; nothing has changed.</exception>
    public TPolicy Policy
    {
        get => _maintenance.Do(_ => _policy);
        set
        {
            double[] tunables = TunablesOf(value);
            TPolicy.Descriptor.CheckTunables(tunables);
            _maintenance.Do(residents =>
            {
                residents.Selector.Retune(tunables);
                return _policy = value;
            });
        }
    }

    /// <summary>The value of a key, where it is there: a request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        while (_table.TryGet(Checked(key), out Entry<TKey, TValue>? entry))
        {
            if (TryUse(entry))
            {
                value = entry.Value;
                return true;
            }

            if (entry.State != EntryState.Retired)
            {
                break;
            }

            // Another one may have taken its place meanwhile.
        }

        Metrics.Miss();
        value = default;
        return false;
    }

    /// <summary>True where the key has a value that is not too old. This is no request: nothing changes.</summary>
    /// <param name="key">The key.</param>
    public bool ContainsKey(TKey key)
        => _table.TryGet(Checked(key), out Entry<TKey, TValue>? entry) && entry.State == EntryState.Ready && !(entry.Expiry?.Due <= UtcNow);

    /// <summary>Sets the value of a key, whether it has one or not: a request. A factory that is making one makes it for those alone who wait.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value. One that finds no room is not kept, and is told of as removed for <see cref="RemovalReason.Capacity"/>.</param>
    /// <param name="options">What is said of the value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or an option cannot be; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public void AddOrUpdate(TKey key, TValue value, CacheEntryOptions options = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Entry<TKey, TValue>? entry = null;
        double cost = options.Cost ?? double.NaN;
        while (true)
        {
            _table.TryGet(Checked(key), out Entry<TKey, TValue>? old);
            if (old is not null && options.IsPlain && _table.TrySet(old, value))
            {
                _maintenance.Set(old);
                return;
            }

            entry ??= NewEntry(key, value, options);
            if (old is null)
            {
                if (_table.TryAdd(entry))
                {
                    Came(new(WriteKind.Insert, entry, Cost: cost));
                    return;
                }
            }
            else if (_table.TryReplace(old, entry))
            {
                Came(new(WriteKind.Replace, entry, old, cost));
                return;
            }
        }
    }

    /// <summary>Sets the value of a key that has none: a request where it is set.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="options">What is said of the value.</param>
    /// <returns>False where the key has a value, or one is being made; nothing has changed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size or an option cannot be; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public bool TryAdd(TKey key, TValue value, CacheEntryOptions options = default)
    {
        Entry<TKey, TValue> entry = NewEntry(Checked(key), value, options);
        while (!_table.TryAdd(entry))
        {
            if (_table.TryGet(key, out Entry<TKey, TValue>? old) && !TryExpire(old))
            {
                return false;
            }
        }

        Came(new(WriteKind.Insert, entry, Cost: options.Cost ?? double.NaN));
        return true;
    }

    /// <summary>Says whether a value may be evicted for room. It is said of that value: another one that takes its place is pinned where its own options say so.</summary>
    /// <param name="key">The key.</param>
    /// <param name="pinned">True where it may not.</param>
    /// <returns>False where the key has no value.</returns>
    public bool TryPin(TKey key, bool pinned = true)
    {
        if (!_table.TryGet(Checked(key), out Entry<TKey, TValue>? entry) || TryExpire(entry))
        {
            return false;
        }

        return _maintenance.Do(residents =>
        {
            if (entry.State != EntryState.Ready)
            {
                return false;
            }

            residents.Pin(entry, pinned);

            // What was pinned may have kept the cache above its capacity.
            residents.Trim(residents.Capacity);
            return true;
        });
    }

    /// <summary>Sets the capacity; values go by the policy until the rest fits. Those that are pinned stay.</summary>
    /// <param name="capacity">The new capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public void Resize(long capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _maintenance.Resize(capacity);
    }

    /// <summary>All values that are there and not too old, in no order; others may come and go meanwhile. No requests.</summary>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        _maintenance.TellOfChanges();
        foreach (Entry<TKey, TValue> entry in _table.Entries.ToArray())
        {
            if (entry.State == EntryState.Ready && !(entry.Expiry?.Due <= UtcNow))
            {
                yield return new(entry.Key, entry.Value);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What only this project's own caches need: everything that is known of the entries, under the lock.</summary>
    internal TResult Do<TResult>(Func<Residents<TKey, TValue>, TResult> action) => _maintenance.Do(action);

    internal void CallbackFailed() => _table.CallbackFailed();

    private long UtcNow => _options.TimeProvider.GetUtcNow().UtcTicks;

    private static TPolicy Defaults() => TPolicy.FromTunables([.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)]);

    private static double[] TunablesOf(TPolicy policy)
    {
        var tunables = new double[TPolicy.Descriptor.Tunables.Length];
        policy.CopyTunables(tunables);
        return tunables;
    }

    /// <summary>An entry as its reader finds it: a hit, unless it has no value or is too old.</summary>
    private bool TryUse(Entry<TKey, TValue> entry)
    {
        if (entry.State != EntryState.Ready)
        {
            return false;
        }

        if (entry.Expiry is { } expiry)
        {
            long now = UtcNow;
            if (expiry.Due <= now)
            {
                TryTake(entry, RemovalReason.Expired);
                return false;
            }

            expiry.Slide(now);
        }

        _maintenance.Hit(entry);
        return true;
    }

    /// <summary>An entry has come into the table.</summary>
    private void Came(in Write<TKey, TValue> write)
    {
        _maintenance.Write(write);
        if (Volatile.Read(ref _disposed))
        {
            // It came while the cache was disposed, perhaps after all others were taken out.
            TryTake(write.Entry, RemovalReason.Removed);
        }
    }

    private static TKey Checked(TKey key)
    {
        if (key is null)
        {
            ThrowNoKey();
        }

        return key;
    }

    [DoesNotReturn]
    private static void ThrowNoKey() => throw new ArgumentNullException("key");

    private long Removals(RemovalReason reason)
    {
        _maintenance.TellOfChanges();
        return _table.Removals(reason);
    }

    private Entry<TKey, TValue> NewEntry(TKey key, TValue value, in CacheEntryOptions options)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var entry = new Entry<TKey, TValue>(key);
        entry.Agree(Fill(entry, value, options));
        return entry;
    }

    /// <summary>Gives an entry its value.</summary>
    /// <returns>What is said of it.</returns>
    private EntryTerms? Fill(Entry<TKey, TValue> entry, TValue value, in CacheEntryOptions options)
    {
        options.Check();
        if (_options.SizeOf is not null)
        {
            entry.Size = _options.SizeOf(entry.Key, value);
            ArgumentOutOfRangeException.ThrowIfNegative(entry.Size, nameof(PolicyCacheOptions<,>.SizeOf));
        }

        entry.Value = value;
        entry.Pinned = options.Pinned;
        return EntryTerms.From(options, _options.TimeProvider);
    }
}
