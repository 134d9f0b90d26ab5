using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>
/// Entries by key, without locks for readers. Whoever takes an entry out, by whatever way, retires it; the one who does counts it and tells the user of it, once.
/// </summary>
internal sealed class EntryTable<TKey, TValue>(PolicyCacheOptions<TKey, TValue> options)
    where TKey : notnull
{
    private readonly EntryMap<TKey, TValue> _entries = new(options.Comparer);
    // The cache whose user this thread is telling of removals.
    [ThreadStatic]
    private static EntryTable<TKey, TValue>? t_telling;

    private readonly ConcurrentQueue<(RemovedEntry<TKey, TValue> Removed, bool Stays)>? _untold = options.OnRemoved is null && !options.DisposeValues ? null : new();
    private readonly StripedCounter[] _removals = [.. Enum.GetValues<RemovalReason>().Select(_ => new StripedCounter())];
    private readonly StripedCounter _loading = new();
    private readonly StripedCounter _sets = new();
    private long _failedCallbacks;

    public EntryMap<TKey, TValue> Entries => _entries;

    /// <summary>Entries that have their values.</summary>
    public int Count => (int)Math.Max(0, _entries.Count - _loading.Sum);

    public long FailedCallbacks => Volatile.Read(ref _failedCallbacks);

    /// <summary>Values that took the place of others without a new entry.</summary>
    public long Sets => _sets.Sum;

    public long Removals(RemovalReason reason) => _removals[(int)reason].Sum + (reason == RemovalReason.Replaced ? Sets : 0);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out Entry<TKey, TValue> entry) => (entry = _entries.Find(key)) is not null;

    /// <summary>An entry comes under a key that has none, with its value or without.</summary>
    public bool TryAdd(Entry<TKey, TValue> entry)
    {
        bool loading = entry.State == EntryState.Loading;
        if (!_entries.TryAdd(entry))
        {
            return false;
        }

        if (loading)
        {
            _loading.Increment();
        }

        return true;
    }

    /// <summary>The value of an entry in the table is there.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="terms">What is said of the value.</param>
    /// <returns>False where the entry was taken out meanwhile.</returns>
    public bool TryPublish(Entry<TKey, TValue> entry, EntryTerms? terms)
    {
        if (!entry.TryPublish(terms))
        {
            return false;
        }

        _loading.Decrement();
        return true;
    }

    /// <summary>A ready entry takes the place of another.</summary>
    public bool TryReplace(Entry<TKey, TValue> old, Entry<TKey, TValue> entry)
    {
        TValue value = entry.Value;
        if (!_entries.TryReplace(old, entry))
        {
            return false;
        }

        Retire(old, RemovalReason.Replaced, by: value);
        return true;
    }

    /// <summary>Takes exactly this entry out.</summary>
    /// <returns>True where it was there and had its value.</returns>
    public bool TryRemove(Entry<TKey, TValue> entry, RemovalReason reason)
        => _entries.TryRemove(entry) && Retire(entry, reason);

    /// <summary>Takes exactly this entry out, where it still has this value.</summary>
    public bool TryRemove(Entry<TKey, TValue> entry, TValue value, RemovalReason reason)
    {
        if (!Hold(entry))
        {
            return false;
        }

        bool removed = false;
        try
        {
            removed = EqualityComparer<TValue>.Default.Equals(entry.Value, value) && _entries.TryRemove(entry) && Retire(entry, reason, held: true);
        }
        finally
        {
            if (!removed)
            {
                entry.Release();
            }
        }

        return removed;
    }

    /// <summary>Gives an entry another value in its place: where nothing but the value changes, and readers see it whole or not at all.</summary>
    /// <returns>False where that cannot be, or the entry is no longer there.</returns>
    public bool TrySet(Entry<TKey, TValue> entry, TValue value)
    {
        if (!Entry<TKey, TValue>.IsWrittenWhole || !entry.IsPlain || (options.SizeOf is not null && options.SizeOf(entry.Key, value) != entry.Size) || !Hold(entry))
        {
            return false;
        }

        TValue old = entry.Value;
        entry.Value = value;
        entry.Release();
        _sets.Increment();
        _untold?.Enqueue((new(entry.Key, old, RemovalReason.Replaced), IsSame(old, value)));
        return true;
    }

    /// <summary>Waits for another holder; false where the entry has no value, or is no longer there.</summary>
    private static bool Hold(Entry<TKey, TValue> entry)
    {
        var wait = default(SpinWait);
        while (!entry.TryHold())
        {
            if (entry.State != EntryState.Ready)
            {
                return false;
            }

            wait.SpinOnce();
        }

        return true;
    }

    /// <summary>Tells the user of all removals that nobody has told of. Not to be called under the lock.</summary>
    public void Tell()
    {
        // Removals that a callback brings about are told of after it, not within it: there may be many, each within the last.
        if (_untold is null || _untold.IsEmpty || t_telling == this)
        {
            return;
        }

        EntryTable<TKey, TValue>? outer = t_telling;
        t_telling = this;
        while (_untold.TryDequeue(out (RemovedEntry<TKey, TValue> Removed, bool Stays) next))
        {
            try
            {
                options.OnRemoved?.Invoke(next.Removed);
            }
            catch
            {
                CallbackFailed();
            }

            if (options.DisposeValues && !next.Stays)
            {
                Dispose(next.Removed.Value);
            }
        }

        t_telling = outer;
    }

    public void CallbackFailed() => Interlocked.Increment(ref _failedCallbacks);

    /// <summary>Retires an entry that is out of the table, and counts and tells of it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Why it left.</param>
    /// <param name="held">The caller holds it.</param>
    /// <param name="by">The value that took its place, where one did.</param>
    /// <returns>True where it had its value.</returns>
    private bool Retire(Entry<TKey, TValue> entry, RemovalReason reason, bool held = false, TValue? by = default)
    {
        EntryState before = entry.Retire(held);
        if (before == EntryState.Loading)
        {
            _loading.Decrement();
        }

        if (before != EntryState.Ready)
        {
            return false;
        }

        // Compared now: until it was retired it could get another value in its place.
        _removals[(int)reason].Increment();
        _untold?.Enqueue((new(entry.Key, entry.Value, reason), IsSame(entry.Value, by)));
        return true;
    }

    /// <summary>A value was set again under its key: it is replaced, and yet stays, so that it is not to be disposed.</summary>
    private static bool IsSame(TValue old, TValue? value) => !typeof(TValue).IsValueType && ReferenceEquals(old, value);

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
