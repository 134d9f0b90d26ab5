namespace Squelch.Caching;

/// <summary>The entries as the policy knows them, and the capacity. Only the holder of the maintenance lock calls it.</summary>
internal sealed class Residents<TKey, TValue>
    where TKey : notnull
{
    private const int MostExpired = 16;

    private readonly EntryTable<TKey, TValue> _table;
    private readonly ResidentKeys _keys;
    private readonly ExpiryQueue<TKey, TValue> _expiries = new();
    private readonly Func<TKey, ulong> _keyNumber;
    private readonly TimeProvider _time;
    private readonly bool _inSeconds;
    private readonly long _start;
    private Entry<TKey, TValue>?[] _byNode = [];

    // Where the policy reads no hint, none is told.
    private readonly bool _readsHints;
    private double _now;
    private long _size;
    private long _capacity;

    public Residents(EntryTable<TKey, TValue> table, PolicyCacheOptions<TKey, TValue> options, Func<NodeTable, ulong, IVictimSelector> createSelector, bool readsHints)
    {
        _table = table;
        _keys = new(createSelector, options.Seed);
        _keyNumber = KeyNumbers.For(options);
        _time = options.TimeProvider;
        _inSeconds = options.Clock == CacheClock.Seconds;
        _start = _time.GetUtcNow().UtcTicks;
        _capacity = options.Capacity;
        _readsHints = readsHints;
    }

    public long Size => Volatile.Read(ref _size);

    public IVictimSelector Selector => _keys.Selector;

    /// <summary>The most that the entries may take. Where it is lowered, victims go at once; pinned entries stay.</summary>
    public long Capacity
    {
        get => Volatile.Read(ref _capacity);
        set
        {
            Volatile.Write(ref _capacity, value);
            MakeRoom(0);
        }
    }

    public void Hit(Entry<TKey, TValue> entry)
    {
        if (entry.Node != NodeTable.None)
        {
            Use(entry, double.NaN);
        }
        else if (entry.State != EntryState.Retired)
        {
            entry.EarlyUses = (byte)Math.Min(entry.EarlyUses + 1, byte.MaxValue);
        }
    }

    public void Apply(in Write<TKey, TValue> write)
    {
        switch (write.Kind)
        {
            case WriteKind.Insert:
                Insert(write.Entry, write.Cost);
                break;
            case WriteKind.Replace:
                Replace(write.Old!, write.Entry, write.Cost);
                break;
            default:
                Leave(write.Entry, evicted: false);
                break;
        }
    }

    /// <summary>Says whether an entry may be a victim.</summary>
    public void Pin(Entry<TKey, TValue> entry, bool pinned)
    {
        entry.Pinned = pinned;
        if (entry.Node != NodeTable.None)
        {
            _keys.SetCandidate(entry.Node, !pinned);
        }
    }

    /// <summary>Takes entries out that are too old, at most a few: the rest has its turn at the next call.</summary>
    /// <param name="most">How many at most.</param>
    /// <returns>How many went.</returns>
    public int Expire(int most = MostExpired)
    {
        int gone = 0;
        while (gone < most && TryExpire())
        {
            gone++;
        }

        return gone;
    }

    /// <summary>Evicts by the policy until at most so much is held, or nothing may go.</summary>
    public void Trim(long size)
    {
        while (_size > size && (TryExpire() || TryEvict()))
        {
        }
    }

    /// <summary>Takes so many entries out: those that are too old, then those of rank 0, of rank 1, and so on, in each by the policy.</summary>
    /// <param name="count">How many, where so many may go.</param>
    /// <param name="rank">The rank of an entry.</param>
    /// <param name="ranks">The last rank.</param>
    /// <returns>How many went.</returns>
    public int Compact(int count, Func<Entry<TKey, TValue>, int> rank, int ranks)
    {
        int gone = Expire(count);
        for (int last = 0; last <= ranks && gone < count; last++)
        {
            SetCandidates(entry => rank(entry) <= last);
            while (gone < count && TryEvict())
            {
                gone++;
            }
        }

        SetCandidates(static _ => true);
        return gone;
    }

    private void SetCandidates(Func<Entry<TKey, TValue>, bool> candidate)
    {
        foreach (Entry<TKey, TValue>? entry in _byNode)
        {
            if (entry is not null)
            {
                _keys.SetCandidate(entry.Node, !entry.Pinned && candidate(entry));
            }
        }
    }

    private void Insert(Entry<TKey, TValue> entry, double cost)
    {
        if (entry.State == EntryState.Retired)
        {
            return;
        }

        ulong number = Tick(entry);
        if (entry.Expiry is not null && entry.Expiry.Due <= UtcNow)
        {
            _table.TryRemove(entry, RemovalReason.Expired);
            return;
        }

        Access access = _readsHints && entry.Terms is { } terms ? new(_now, HintsOf(terms), number) : new(_now, default, number);
        _keys.Selector.Arrive(access);
        if (entry.Size > _capacity || !MakeRoom(entry.Size))
        {
            _table.TryRemove(entry, RemovalReason.Capacity);
            return;
        }

        Enter(entry, _keys.Insert(NodeSize(entry.Size), cost, access));
        if (entry.Pinned)
        {
            _keys.SetCandidate(entry.Node, false);
        }

        for (; entry.EarlyUses > 0; entry.EarlyUses--)
        {
            Hit(entry);
        }
    }

    /// <summary>The new entry takes the old one's node: for the policy it is the same key, used, perhaps with another size and cost.</summary>
    private void Replace(Entry<TKey, TValue> old, Entry<TKey, TValue> entry, double cost)
    {
        int node = old.Node;
        if (node == NodeTable.None)
        {
            Insert(entry, cost);
            return;
        }

        if (entry.State == EntryState.Retired || (entry.Expiry is not null && entry.Expiry.Due <= UtcNow))
        {
            Leave(old, evicted: false);
            _table.TryRemove(entry, RemovalReason.Expired);
            return;
        }

        long held = old.Size;
        Exit(old);
        Enter(entry, node);
        Use(entry, cost);
        if (entry.Size != held)
        {
            Grow(entry, held);
        }

        if (entry.Node != NodeTable.None)
        {
            _keys.SetCandidate(node, !entry.Pinned);
        }
    }

    private void Grow(Entry<TKey, TValue> entry, long held)
    {
        // It is no victim of its own growth.
        _keys.SetCandidate(entry.Node, false);
        _size += held - entry.Size;
        bool fits = entry.Size <= _capacity && (entry.Size <= held || MakeRoom(entry.Size - held));
        _size += entry.Size - held;
        if (entry.Node == NodeTable.None)
        {
            // It was too old, and made the room itself.
            return;
        }

        if (fits)
        {
            _keys.SetSize(entry.Node, NodeSize(entry.Size));
        }
        else
        {
            Leave(entry, evicted: true);
            _table.TryRemove(entry, RemovalReason.Capacity);
        }
    }

    private bool MakeRoom(long size)
    {
        if (_size > _capacity - size)
        {
            _keys.Selector.Expect(_size - (_capacity - size));
        }

        while (_size > _capacity - size)
        {
            if (!TryExpire() && !TryEvict())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryExpire()
    {
        if (_expiries.Count == 0 || _expiries.FirstDue(UtcNow) is not { } entry)
        {
            return false;
        }

        Leave(entry, evicted: false);
        _table.TryRemove(entry, RemovalReason.Expired);
        return true;
    }

    private bool TryEvict()
    {
        int victim = _keys.Selector.Select(_now);
        if (victim == NodeTable.None)
        {
            return false;
        }

        // Where the entry is not in the table any more, whoever took it out tells of it.
        Entry<TKey, TValue> entry = _byNode[victim]!;
        Leave(entry, evicted: true);
        _table.TryRemove(entry, RemovalReason.Capacity);
        return true;
    }

    private void Enter(Entry<TKey, TValue> entry, int node)
    {
        if (node >= _byNode.Length)
        {
            Array.Resize(ref _byNode, _keys.Nodes.Capacity);
        }

        _byNode[node] = entry;
        entry.Node = node;
        _size += entry.Size;
        if (entry.Expiry is not null)
        {
            _expiries.Add(entry);
        }
    }

    private void Exit(Entry<TKey, TValue> entry)
    {
        _byNode[entry.Node] = null;
        entry.Node = NodeTable.None;
        _size -= entry.Size;
        if (entry.Expiry is not null)
        {
            _expiries.Remove(entry);
        }
    }

    private void Leave(Entry<TKey, TValue> entry, bool evicted)
    {
        int node = entry.Node;
        if (node == NodeTable.None)
        {
            return;
        }

        Exit(entry);
        if (evicted)
        {
            _keys.Evict(node, _now);
        }
        else
        {
            _keys.Remove(node);
        }
    }

    /// <summary>A use of an entry that has its node. Where nothing is said of it, the access is made where it is handed on: it is large, and a copy waits until it is written.</summary>
    private void Use(Entry<TKey, TValue> entry, double cost)
    {
        ulong number = Tick(entry);
        if (_readsHints && entry.Terms is { } terms)
        {
            _keys.Hit(entry.Node, cost, new(_now, HintsOf(terms), number));
        }
        else
        {
            _keys.Hit(entry.Node, cost, new(_now, default, number));
        }
    }

    private RequestHints HintsOf(EntryTerms terms)
        => new() { Priority = terms.Priority, Expires = terms.Expiry is { } expiry && expiry.Due != Expiry.Never ? Math.Max(0, Seconds(expiry.Due)) : double.PositiveInfinity };

    /// <summary>The next request.</summary>
    /// <returns>The number of its key.</returns>
    private ulong Tick(Entry<TKey, TValue> entry)
    {
        _now = _inSeconds ? Math.Max(_now, Seconds(UtcNow)) : _now + 1;
        return _keyNumber(entry.Key);
    }

    private long UtcNow => _time.GetUtcNow().UtcTicks;

    private double Seconds(long utcTicks) => (double)(utcTicks - _start) / TimeSpan.TicksPerSecond;

    private static int NodeSize(long size) => (int)Math.Clamp(size, 1, int.MaxValue);
}
