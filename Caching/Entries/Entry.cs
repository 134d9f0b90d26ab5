namespace Squelch.Caching;

/// <summary>One value under its key. An update makes a new entry, so that readers never see half a value.</summary>
/// <param name="key">The key.</param>
/// <param name="load">Who makes the value; null where it is given before the entry comes into the table.</param>
internal sealed class Entry<TKey, TValue>(TKey key, Load<TValue>? load = null)
{
    // An EntryState.
    private int _state = (int)(load is null ? EntryState.Ready : EntryState.Loading);

    public readonly TKey Key = key;

    /// <summary>Written before the entry is ready, never after.</summary>
    public TValue Value = default!;

    /// <summary>Who makes the value, and who waits for it; null once it is there.</summary>
    public Load<TValue>? Load = load;

    /// <summary>When it is too old; null where it never is.</summary>
    public Expiry? Expiry;

    /// <summary>What it takes of the capacity.</summary>
    public long Size = 1;

    /// <summary>Feature <c>priority</c>.</summary>
    public double Priority;

    /// <summary>Its node under the policy; only the holder of the maintenance lock reads and writes it.</summary>
    public int Node = NodeTable.None;

    /// <summary>Never a victim; only the holder of the maintenance lock writes it once the entry is ready.</summary>
    public bool Pinned;

    public EntryState State => (EntryState)Volatile.Read(ref _state);

    /// <summary>The value is there.</summary>
    /// <returns>False where the entry was removed meanwhile: it is not kept.</returns>
    public bool TryPublish()
    {
        bool published = Interlocked.CompareExchange(ref _state, (int)EntryState.Ready, (int)EntryState.Loading) == (int)EntryState.Loading;
        Load = null;
        return published;
    }

    /// <summary>The entry is no longer in the table.</summary>
    /// <returns>What it was before.</returns>
    public EntryState Retire() => (EntryState)Interlocked.Exchange(ref _state, (int)EntryState.Retired);
}
