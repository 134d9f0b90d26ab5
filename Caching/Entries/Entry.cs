using System.Runtime.CompilerServices;

namespace Squelch.Caching;

/// <summary>One value under its key. An update makes a new entry where more than a whole value changes, so that readers never see half of one.</summary>
/// <param name="key">The key.</param>
/// <param name="load">Who makes the value; null where it is given before the entry comes into the table.</param>
internal sealed class Entry<TKey, TValue>(TKey key, Load<TValue>? load = null)
{
    // An EntryState.
    private int _state = (int)(load is null ? EntryState.Ready : EntryState.Loading);

    public readonly TKey Key = key;

    /// <summary>Its place in the map; only the map writes both.</summary>
    public int Hash;

    public Entry<TKey, TValue>? Next;

    /// <summary>Written before the entry is ready, and then by its holder where values are written as a whole.</summary>
    public TValue Value = default!;

    // The load until the value is there; then what is said of it, where anything is: most entries are small, and a look-up reads little.
    private object? _aside = load;

    /// <summary>What it takes of the capacity.</summary>
    public long Size = 1;

    /// <summary>Its node under the policy; only the holder of the maintenance lock reads and writes it.</summary>
    public int Node = NodeTable.None;

    /// <summary>Uses that the policy could not be told of, because it has not been told of the entry; only the holder of the maintenance lock reads and writes it.</summary>
    public byte EarlyUses;

    /// <summary>Never a victim; only the holder of the maintenance lock writes it once the entry is ready.</summary>
    public bool Pinned;

    /// <summary>What its readers see.</summary>
    public EntryState State
    {
        get
        {
            // Read once: it may be held between two looks.
            var state = (EntryState)Volatile.Read(ref _state);
            return state == EntryState.Held ? EntryState.Ready : state;
        }
    }

    /// <summary>True where a value of this type is written as a whole: a reader never sees half of one.</summary>
    public static bool IsWrittenWhole => !typeof(TValue).IsValueType || (typeof(TValue).IsPrimitive && Unsafe.SizeOf<TValue>() <= nint.Size);

    /// <summary>Who makes the value, and who waits for it; null once it is there.</summary>
    public Load<TValue>? Load => _aside as Load<TValue>;

    /// <summary>What is said of the value; null where that is nothing.</summary>
    public EntryTerms? Terms => _aside as EntryTerms;

    /// <summary>When it is too old; null where it never is.</summary>
    public Expiry? Expiry => Terms?.Expiry;

    /// <summary>True where nothing is said of the value but the value itself.</summary>
    public bool IsPlain => _aside is null && !Pinned;

    /// <summary>Says what is said of the value, for an entry that is made with it.</summary>
    public void Agree(EntryTerms? terms) => _aside = terms;

    /// <summary>From now on this thread alone may change the value or retire the entry, until it releases it.</summary>
    /// <returns>False where the entry has no value, or another thread holds it.</returns>
    public bool TryHold() => Interlocked.CompareExchange(ref _state, (int)EntryState.Held, (int)EntryState.Ready) == (int)EntryState.Ready;

    /// <summary>Ends a hold.</summary>
    public void Release() => Volatile.Write(ref _state, (int)EntryState.Ready);

    /// <summary>The value is there.</summary>
    /// <param name="terms">What is said of it; null where that is nothing.</param>
    /// <returns>False where the entry was removed meanwhile: it is not kept.</returns>
    public bool TryPublish(EntryTerms? terms)
    {
        bool published = Interlocked.CompareExchange(ref _state, (int)EntryState.Ready, (int)EntryState.Loading) == (int)EntryState.Loading;
        _aside = terms;
        return published;
    }

    /// <summary>The entry is no longer in the table. Waits for a holder other than the caller.</summary>
    /// <param name="held">The caller holds it.</param>
    /// <returns>What it was before.</returns>
    public EntryState Retire(bool held = false)
    {
        var wait = default(SpinWait);
        while (true)
        {
            int state = Volatile.Read(ref _state);
            if (state == (int)EntryState.Held && !held)
            {
                wait.SpinOnce();
            }
            else if (Interlocked.CompareExchange(ref _state, (int)EntryState.Retired, state) == state)
            {
                return held ? EntryState.Ready : (EntryState)state;
            }
        }
    }
}
