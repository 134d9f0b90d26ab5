namespace Squelch.Caching;

/// <summary>
/// A hash table whose chains are the entries themselves. Readers take no lock; a change locks a part of the table. An entry that is taken out keeps its link, so that a reader who stands on
/// it goes on; one that finds nothing while the table grows looks again under the lock.
/// </summary>
internal sealed class EntryMap<TKey, TValue>
    where TKey : notnull
{
    private const int FewestBuckets = 64;

    // Null where the keys are values of a type with its own equality: the JIT then calls that directly.
    private readonly IEqualityComparer<TKey>? _comparer;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 4 * Stripes.Count).Select(_ => new Lock())];
    private readonly Padded[] _counts = new Padded[4 * Stripes.Count];
    private Bucket[] _buckets;
    private volatile bool _grows;

    public EntryMap(IEqualityComparer<TKey>? comparer)
    {
        _buckets = new Bucket[Math.Max(FewestBuckets, _locks.Length)];
        Comparer = comparer ?? EqualityComparer<TKey>.Default;
        _comparer = typeof(TKey).IsValueType && Comparer == EqualityComparer<TKey>.Default ? null : Comparer;
    }

    public IEqualityComparer<TKey> Comparer { get; }

    /// <summary>Entries, each of them at some moment of the count.</summary>
    public long Count
    {
        get
        {
            long sum = 0;
            foreach (ref Padded count in _counts.AsSpan())
            {
                sum += Volatile.Read(ref count.Value);
            }

            return sum;
        }
    }

    /// <summary>The entry of a key, or null.</summary>
    public Entry<TKey, TValue>? Find(TKey key)
    {
        int hash = HashOf(key);
        while (true)
        {
            Bucket[] buckets = Volatile.Read(ref _buckets);
            Entry<TKey, TValue>? entry = InChain(buckets, key, hash);
            if (entry is not null || IsSteady(buckets))
            {
                return entry;
            }

            WaitForGrowth(hash);
        }
    }

    /// <summary>The entry of a key in another form, or null.</summary>
    public Entry<TKey, TValue>? Find<TAlternateKey>(TAlternateKey key, IAlternateEqualityComparer<TAlternateKey, TKey> comparer)
        where TAlternateKey : notnull, allows ref struct
    {
        int hash = Mixed(comparer.GetHashCode(key));
        while (true)
        {
            Bucket[] buckets = Volatile.Read(ref _buckets);
            for (Entry<TKey, TValue>? entry = Volatile.Read(ref First(buckets, hash)); entry is not null; entry = Volatile.Read(ref entry.Next))
            {
                if (entry.Hash == hash && comparer.Equals(key, entry.Key))
                {
                    return entry;
                }
            }

            if (IsSteady(buckets))
            {
                return null;
            }

            WaitForGrowth(hash);
        }
    }

    /// <summary>Adds an entry where its key has none.</summary>
    public bool TryAdd(Entry<TKey, TValue> entry)
    {
        int hash = HashOf(entry.Key);
        entry.Hash = hash;
        Bucket[] full;
        int part = hash & (_locks.Length - 1);
        lock (_locks[part])
        {
            full = _buckets;
            if (InChain(full, entry.Key, hash) is not null)
            {
                return false;
            }

            ref Entry<TKey, TValue>? first = ref First(full, hash);
            entry.Next = first;
            Volatile.Write(ref first, entry);
            if (++_counts[part].Value <= full.Length / _locks.Length)
            {
                return true;
            }
        }

        Grow(full);
        return true;
    }

    /// <summary>Puts an entry in the place of another with its key, where that one is still there.</summary>
    public bool TryReplace(Entry<TKey, TValue> old, Entry<TKey, TValue> entry)
    {
        entry.Hash = old.Hash;
        lock (LockOf(old.Hash))
        {
            ref Entry<TKey, TValue>? link = ref LinkTo(old);
            if (link is null)
            {
                return false;
            }

            entry.Next = old.Next;
            Volatile.Write(ref link, entry);
            return true;
        }
    }

    /// <summary>Takes exactly this entry out, where it is still there.</summary>
    public bool TryRemove(Entry<TKey, TValue> entry)
    {
        int part = entry.Hash & (_locks.Length - 1);
        lock (_locks[part])
        {
            ref Entry<TKey, TValue>? link = ref LinkTo(entry);
            if (link is null)
            {
                return false;
            }

            Volatile.Write(ref link, entry.Next);
            _counts[part].Value--;
            return true;
        }
    }

    /// <summary>All entries of one moment.</summary>
    public Entry<TKey, TValue>[] ToArray()
    {
        EnterAll();
        try
        {
            var entries = new Entry<TKey, TValue>[Count];
            int count = 0;
            foreach (Bucket bucket in _buckets)
            {
                for (Entry<TKey, TValue>? entry = bucket.First; entry is not null; entry = entry.Next)
                {
                    entries[count++] = entry;
                }
            }

            return entries;
        }
        finally
        {
            ExitAll();
        }
    }

    /// <summary>Doubles the buckets, unless somebody has.</summary>
    private void Grow(Bucket[] full)
    {
        EnterAll();
        try
        {
            if (_buckets != full)
            {
                return;
            }

            var buckets = new Bucket[2 * full.Length];
            _grows = true;
            Interlocked.MemoryBarrier();
            foreach (Bucket bucket in full)
            {
                for (Entry<TKey, TValue>? entry = bucket.First, next; entry is not null; entry = next)
                {
                    next = entry.Next;
                    ref Entry<TKey, TValue>? first = ref First(buckets, entry.Hash);
                    Volatile.Write(ref entry.Next, first);
                    first = entry;
                }
            }

            Volatile.Write(ref _buckets, buckets);
            _grows = false;
        }
        finally
        {
            ExitAll();
        }
    }

    /// <summary>False where a reader of these buckets may have been led astray: entries were linked anew meanwhile.</summary>
    private bool IsSteady(Bucket[] buckets) => !_grows && Volatile.Read(ref _buckets) == buckets;

    private void WaitForGrowth(int hash)
    {
        lock (LockOf(hash))
        {
        }
    }

    private Entry<TKey, TValue>? InChain(Bucket[] buckets, TKey key, int hash)
    {
        for (Entry<TKey, TValue>? entry = Volatile.Read(ref First(buckets, hash)); entry is not null; entry = Volatile.Read(ref entry.Next))
        {
            if (entry.Hash == hash && (_comparer is null ? EqualityComparer<TKey>.Default.Equals(entry.Key, key) : _comparer.Equals(entry.Key, key)))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>What leads to an entry, or to nothing where it is not there. Under its lock.</summary>
    private ref Entry<TKey, TValue>? LinkTo(Entry<TKey, TValue> entry)
    {
        ref Entry<TKey, TValue>? link = ref First(_buckets, entry.Hash);
        while (link is not null && link != entry)
        {
            link = ref link.Next;
        }

        return ref link;
    }

    private int HashOf(TKey key) => Mixed(_comparer is null ? key.GetHashCode() : _comparer.GetHashCode(key));

    /// <summary>Buckets are chosen by the low bits, which hashes of numbers share where these have a common factor.</summary>
    private static int Mixed(int hash)
    {
        uint mixed = (uint)hash * 2654435769;
        return (int)(mixed ^ (mixed >> 15));
    }

    private static ref Entry<TKey, TValue>? First(Bucket[] buckets, int hash) => ref buckets[hash & (buckets.Length - 1)].First;

    private Lock LockOf(int hash) => _locks[hash & (_locks.Length - 1)];

    private void EnterAll()
    {
        foreach (Lock part in _locks)
        {
            part.Enter();
        }
    }

    private void ExitAll()
    {
        foreach (Lock part in _locks)
        {
            part.Exit();
        }
    }

    /// <summary>A field of a struct is reached without the check that arrays of classes need.</summary>
    private struct Bucket
    {
        public Entry<TKey, TValue>? First;
    }
}
