namespace Squelch;

/// <summary>
/// A cache of keys under a policy. A resident key is a leaf under one root, so that every policy for prefix trees runs on keys: its tokens and
/// bytes are the key's size, and the FLOPs it saves are what fetching it costs: 1, or what its requests say. The clock counts requests. After
/// warm-up nothing allocates. One caller at a time.
/// </summary>
public sealed class KeyCache
{
    private readonly NodeTable _nodes = new(ModelShape.Keys);
    private readonly NodeIndex<ResidentKey> _index;
    private readonly IVictimSelector _selector;
    private readonly long _capacity;
    private readonly bool _sized;
    private readonly int _root;
    private int _selectorCapacity;

    /// <summary>An empty cache.</summary>
    /// <param name="createSelector">The policy: takes the nodes and the seed of <c>draw</c>, as <see cref="IEvictionPolicy{TSelf}.CreateSelector"/> does.</param>
    /// <param name="capacity">Keys, or bytes where <paramref name="sized"/>.</param>
    /// <param name="sized">True to count the bytes of each key; false to count every key as 1.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    public KeyCache(Func<NodeTable, ulong, IVictimSelector> createSelector, long capacity, bool sized = false, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(createSelector);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _sized = sized;
        _selector = createSelector(_nodes, seed);
        _index = new(_nodes);
        _root = _nodes.Add(NodeTable.None, 0);
    }

    /// <summary>Requests so far: the clock.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests whose key was not resident.</summary>
    public long Misses { get; private set; }

    /// <summary>Keys evicted.</summary>
    public long Evictions { get; private set; }

    /// <summary>Keys resident.</summary>
    public int Count => _nodes.Count - 1;

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
            if (_nodes.SetCost(node, request.Cost))
            {
                _selector.EdgeChanged(node);
            }

            if (_nodes.KeepsSubtrees)
            {
                _nodes.AddSubtreeHit(node);
                _selector.ChildrenChanged(node);
            }

            _selector.Hit(node, access);
            if (size != _nodes.Tokens(node))
            {
                Resize(node, size);
            }

            return true;
        }

        Misses++;
        _selector.Arrive(access);
        if (size <= _capacity && MakeRoom(size))
        {
            Insert(size, request.Cost, access);
        }

        return false;
    }

    private bool MakeRoom(int size)
    {
        if (Held + size > _capacity)
        {
            _selector.Expect(Held + size - _capacity);
        }

        while (Held + size > _capacity)
        {
            int victim = _selector.Select(Requests);
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
        SetCandidate(node, false);
        int grown = size - _nodes.Tokens(node);
        if (size > _capacity || (grown > 0 && !MakeRoom(grown)))
        {
            Evict(node);
            return;
        }

        Held += grown;
        _nodes.SetDepthTokens(node, size);
        _selector.EdgeChanged(node);
        SetCandidate(node, true);
    }

    private void SetCandidate(int node, bool candidate)
    {
        if (_nodes.IsCandidate(node) != candidate)
        {
            _nodes.SetCandidate(node, candidate);
            _selector.SetCandidate(node, candidate);
        }
    }

    private void Evict(int victim)
    {
        Evictions++;
        Held -= _nodes.Tokens(victim);
        _selector.Evicting(victim, Requests);
        SetCandidate(victim, false);
        _index.Remove(victim);
        _nodes.RemoveChild(_root, victim);
        _nodes.Free(victim);
        _selector.Remove(victim);
    }

    private void Insert(int size, double cost, in Access access)
    {
        int node = _nodes.Add(_root, size);
        _nodes.AddChild(_root, node);
        _nodes.SetKey(node, access.Key);
        _nodes.SetCost(node, cost);
        _index.Add(node);
        if (_selectorCapacity < _nodes.Capacity)
        {
            _selectorCapacity = _nodes.Capacity;
            _selector.Grow(_selectorCapacity);
        }

        Held += size;
        _selector.Insert(node, access);
        SetCandidate(node, true);
    }
}
