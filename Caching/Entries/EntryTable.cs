using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>
/// Entries by key, without locks for readers. Whoever takes an entry out, by whatever way, retires it; the one who does counts it and tells the user of it, once.
/// </summary>
internal sealed class EntryTable<TKey, TValue>(PolicyCacheOptions<TKey, TValue> options)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry<TKey, TValue>> _entries = new(options.Comparer);
    private readonly ConcurrentQueue<RemovedEntry<TKey, TValue>>? _untold = options.OnRemoved is null && !options.DisposeValues ? null : new();
    private readonly long[] _removals = new long[Enum.GetValues<RemovalReason>().Length];
    private int _ready;
    private long _failedCallbacks;

    public ConcurrentDictionary<TKey, Entry<TKey, TValue>> Entries => _entries;

    /// <summary>Entries that have their values.</summary>
    public int Count => Math.Max(0, Volatile.Read(ref _ready));

    public long FailedCallbacks => Volatile.Read(ref _failedCallbacks);

    public long Removals(RemovalReason reason) => Volatile.Read(ref _removals[(int)reason]);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out Entry<TKey, TValue> entry) => _entries.TryGetValue(key, out entry);

    /// <summary>An entry comes under a key that has none, with its value or without.</summary>
    public bool TryAdd(Entry<TKey, TValue> entry)
    {
        bool ready = entry.State == EntryState.Ready;
        if (!_entries.TryAdd(entry.Key, entry))
        {
            return false;
        }

        if (ready)
        {
            Interlocked.Increment(ref _ready);
        }

        return true;
    }

    /// <summary>The value of an entry in the table is there.</summary>
    /// <returns>False where the entry was taken out meanwhile.</returns>
    public bool TryPublish(Entry<TKey, TValue> entry)
    {
        Interlocked.Increment(ref _ready);
        if (entry.TryPublish())
        {
            return true;
        }

        Interlocked.Decrement(ref _ready);
        return false;
    }

    /// <summary>A ready entry takes the place of another.</summary>
    public bool TryReplace(Entry<TKey, TValue> old, Entry<TKey, TValue> entry)
    {
        if (!_entries.TryUpdate(entry.Key, entry, old))
        {
            return false;
        }

        if (!Retire(old, RemovalReason.Replaced))
        {
            Interlocked.Increment(ref _ready);
        }

        return true;
    }

    /// <summary>Takes exactly this entry out.</summary>
    /// <returns>True where it was there and had its value.</returns>
    public bool TryRemove(Entry<TKey, TValue> entry, RemovalReason reason)
        => _entries.TryRemove(new KeyValuePair<TKey, Entry<TKey, TValue>>(entry.Key, entry)) && Retire(entry, reason);

    /// <summary>Tells the user of all removals that nobody has told of. Not to be called under the lock.</summary>
    public void Tell()
    {
        while (_untold is not null && _untold.TryDequeue(out RemovedEntry<TKey, TValue> removed))
        {
            try
            {
                options.OnRemoved?.Invoke(removed);
            }
            catch
            {
                CallbackFailed();
            }

            if (options.DisposeValues)
            {
                Dispose(removed.Value);
            }
        }
    }

    public void CallbackFailed() => Interlocked.Increment(ref _failedCallbacks);

    private bool Retire(Entry<TKey, TValue> entry, RemovalReason reason)
    {
        if (entry.Retire() != EntryState.Ready)
        {
            return false;
        }

        if (reason != RemovalReason.Replaced)
        {
            Interlocked.Decrement(ref _ready);
        }

        Interlocked.Increment(ref _removals[(int)reason]);
        _untold?.Enqueue(new(entry.Key, entry.Value, reason));
        return true;
    }

    private void Dispose(TValue value)
    {
        try
        {
            (value as IDisposable)?.Dispose();
        }
        catch
        {
            CallbackFailed();
        }
    }
}
