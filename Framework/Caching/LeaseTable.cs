namespace Squelch;

/// <summary>What a lease remembers of its lookup.</summary>
internal struct LeaseEntry
{
    public int Generation;
    public bool Active;
    public int HitNode;
    public int HitPages;
    public int UsedTokens;
    public int InputPages;
    public int InputTokens;
    public long Space;
    public ulong InputHash;
    public long Version;
    public Position End;
    public bool RefusesBranch;
    public RequestHints Hints;
}

/// <summary>Open leases, in reused slots.</summary>
internal sealed class LeaseTable
{
    private static int _caches;

    private readonly int _cache = Interlocked.Increment(ref _caches);
    private LeaseEntry[] _entries = new LeaseEntry[16];
    private int[] _free = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    private int _freeCount = 16;

    /// <summary>Leases not ended.</summary>
    public int Count => _entries.Length - _freeCount;

    public Lease Open(in LeaseEntry entry, int hitTokens, int branchTokens)
    {
        if (_freeCount == 0)
        {
            int old = _entries.Length;
            Array.Resize(ref _entries, old * 2);
            Array.Resize(ref _free, old * 2);
            for (int slot = (old * 2) - 1; slot >= old; slot--)
            {
                _free[_freeCount++] = slot;
            }
        }

        int taken = _free[--_freeCount];
        int generation = _entries[taken].Generation + 1;
        _entries[taken] = entry;
        _entries[taken].Generation = generation;
        _entries[taken].Active = true;
        return new Lease(_cache, taken, generation, hitTokens, branchTokens);
    }

    /// <summary>The entry of a lease that is open here.</summary>
    /// <exception cref="InvalidOperationException">The lease is of another cache, or has ended.</exception>
    public ref LeaseEntry Get(in Lease lease)
    {
        if (lease.Cache != _cache)
        {
            throw new InvalidOperationException(
                lease.Cache == 0
                    ? "This lease was not made by a lookup; pass the lease that Lookup returned."
                    : "This lease belongs to another cache; pass it to the cache whose Lookup returned it.");
        }

        if ((uint)lease.Slot >= (uint)_entries.Length)
        {
            throw new InvalidOperationException("This lease was not made by a lookup; pass the lease that Lookup returned.");
        }

        ref LeaseEntry entry = ref _entries[lease.Slot];
        if (!entry.Active || entry.Generation != lease.Generation)
        {
            throw new InvalidOperationException("This lease has ended; a lease takes one Commit or one Abandon. Look the request up again for a new one.");
        }

        return ref entry;
    }

    public void Close(in Lease lease)
    {
        _entries[lease.Slot].Active = false;
        _free[_freeCount++] = lease.Slot;
    }
}
