using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>Values that are taken out.</summary>
public sealed partial class PolicyCache<TKey, TValue, TPolicy>
{
    /// <summary>Takes a value out.</summary>
    /// <param name="key">The key. A value that is being made for it is not kept.</param>
    /// <returns>True where there was one.</returns>
    public bool TryRemove(TKey key) => TryRemove(key, out _);

    /// <summary>Takes a value out, and gives it.</summary>
    /// <param name="key">The key. A value that is being made for it is not kept.</param>
    /// <param name="value">The value.</param>
    /// <returns>True where there was one.</returns>
    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!_table.TryGet(Checked(key), out Entry<TKey, TValue>? entry) || TryExpire(entry) || !TryTake(entry, RemovalReason.Removed))
        {
            return false;
        }

        value = entry.Value;
        return true;
    }

    /// <summary>Takes a value out where the key has that very value.</summary>
    /// <param name="item">The key, and the value.</param>
    /// <returns>True where it had.</returns>
    public bool TryRemove(KeyValuePair<TKey, TValue> item)
        => _table.TryGet(Checked(item.Key), out Entry<TKey, TValue>? entry)
            && entry.State == EntryState.Ready
            && !TryExpire(entry)
            && _table.TryRemove(entry, item.Value, RemovalReason.Removed)
            && Taken(entry);

    /// <summary>Takes all values out. Those that come in meanwhile may stay.</summary>
    public void Clear()
    {
        foreach (Entry<TKey, TValue> entry in _table.Entries.ToArray())
        {
            TryTake(entry, RemovalReason.Removed);
        }
    }

    /// <summary>Evicts by the policy until the values take at most so much. Those that are pinned stay.</summary>
    /// <param name="size">What they may take.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Trim(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _maintenance.Do(residents =>
        {
            residents.Trim(size);
            return true;
        });
    }

    /// <summary>Takes all values out that are too old. Without it they go when they are asked for, a few with each change, and before any victim.</summary>
    /// <returns>How many went.</returns>
    public int RemoveExpired() => _maintenance.Do(residents => residents.Expire(int.MaxValue));

    /// <summary>Takes all values out, ends the metrics, and refuses new values. Factories that still run hand theirs to those alone who wait.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        Clear();
        _meter?.Dispose();
        _maintenance.Do(residents =>
        {
            (residents.Selector as IDisposable)?.Dispose();
            return true;
        });
    }

    private bool TryExpire(Entry<TKey, TValue> entry)
    {
        if (entry.Expiry is null || entry.Expiry.Due > UtcNow)
        {
            return false;
        }

        TryTake(entry, RemovalReason.Expired);
        return true;
    }

    private bool TryTake(Entry<TKey, TValue> entry, RemovalReason reason)
        => _table.TryRemove(entry, reason) && Taken(entry);

    private bool Taken(Entry<TKey, TValue> entry)
    {
        _maintenance.Write(new(WriteKind.Remove, entry));
        return true;
    }
}
