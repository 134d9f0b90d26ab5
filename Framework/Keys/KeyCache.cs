namespace Squelch;

/// <summary>
/// A cache of keys under a policy. A resident key is a leaf under one root, so that every policy for prefix trees runs on keys: its tokens and
/// bytes are the key's size, and the FLOPs it saves are what fetching it costs: 1, or what its requests say. The clock counts requests. After
/// warm-up nothing allocates. One caller at a time.
/// </summary>
public sealed class KeyCache
{
    private readonly ResidentKeys _keys;
    private readonly NodeIndex<ResidentKey> _index;
    private readonly long _capacity;
    private readonly bool _sized;

    /// <summary>An empty cache.</summary>
    /// <param name="createSelector">The policy: takes the nodes and the seed of <c>draw</c>, as <see cref="IEvictionPolicy{TSelf}.CreateSelector"/> does.</param>
    /// <param name="capacity">Keys, or bytes where <paramref name="sized"/>.</param>
    /// <param name="sized">True to count the bytes of each key; false to count every key as 1.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    public KeyCache(Func<NodeTable, ulong, IVictimSelector> createSelector, long capacity, bool sized = false, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _sized = sized;
        _keys = new(createSelector, seed);
        _index = new(_keys.Nodes);
    }

    /// <summary>Requests so far: the clock.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests whose key was not resident.</summary>
    public long Misses { get; private set; }

    /// <summary>Keys evicted.</summary>
    public long Evictions { get; private set; }

    /// <summary>Keys resident.</summary>
    public int Count => _keys.Count;

    /// <summary>Of the capacity, what is taken: keys, or bytes.</summary>
    public long Held { get; private set; }

    /// <summary>True where the key is resident; nothing changes.</summary>
    public bool Contains(ulong key) => _index.Find(key) != NodeTable.None;

    /// <summary>
    /// Asks for a key. Where it is not resident it is fetched and kept, after victims have made room; one larger than the cache is not kept. A
    /// resident key that comes with another size or cost takes that; where it has grown, victims make room, and where they cannot, it goes.
    /// </summary>
    /// <returns>True for a hit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Sizes count, and the key's is less than 1; or the cost is negative or infinite.</exception>
    public bool Request(in KeyRequest request)
    {
        if (_sized)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(request.Size, 1, "request.Size");
        }

        if (!double.IsNaN(request.Cost))
        {
            RequestHints.CheckCost(request.Cost);
        }

        Requests++;
        var access = new Access(Requests, new RequestHints { NextUse = request.NextUse }, request.Key);
        int node = _index.Find(request.Key);
        int size = _sized ? request.Size : 1;
        if (node != NodeTable.None)
        {
            _keys.Hit(node, request.Cost, access);
            if (size != _keys.Nodes.Tokens(node))
            {
                Resize(node, size);
            }

            return true;
        }

        Misses++;
        _keys.Selector.Arrive(access);
        if (size <= _capacity && MakeRoom(size))
        {
            _index.Add(_keys.Insert(size, request.Cost, access));
            Held += size;
        }

        return false;
    }

    private bool MakeRoom(int size)
    {
        if (Held + size > _capacity)
        {
            _keys.Selector.Expect(Held + size - _capacity);
        }

        while (Held + size > _capacity)
        {
            int victim = _keys.Selector.Select(Requests);
            if (victim == NodeTable.None)
            {
                return false;
            }

            Evict(victim);
        }

        return true;
    }

    private void Resize(int node, int size)
    {
        // It is no victim of its own growth.
        _keys.SetCandidate(node, false);
        int grown = size - _keys.Nodes.Tokens(node);
        if (size > _capacity || (grown > 0 && !MakeRoom(grown)))
        {
            Evict(node);
            return;
        }

        Held += grown;
        _keys.SetSize(node, size);
        _keys.SetCandidate(node, true);
    }

    private void Evict(int victim)
    {
        Evictions++;
        Held -= _keys.Nodes.Tokens(victim);
        _index.Remove(victim);
        _keys.Evict(victim, Requests);
    }
}
