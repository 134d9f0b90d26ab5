namespace Squelch;

/// <summary>
/// The keys that a cache of keys holds, as a policy sees them: each is a leaf under one root, so that every policy for prefix trees runs on keys. It knows
/// no capacity, no values and no index: <see cref="KeyCache"/> is one driver, a cache of values is another. After warm-up nothing allocates. One caller
/// at a time.
/// </summary>
public sealed class ResidentKeys
{
    private readonly int _root;
    private int _selectorCapacity;

    /// <summary>No keys.</summary>
    /// <param name="createSelector">The policy: takes the nodes and the seed of <c>draw</c>, as <see cref="IEvictionPolicy{TSelf}.CreateSelector"/> does.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    public ResidentKeys(Func<NodeTable, ulong, IVictimSelector> createSelector, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(createSelector);
        Nodes = new(ModelShape.Keys);
        Selector = createSelector(Nodes, seed);
        _root = Nodes.Add(NodeTable.None, 0);
    }

    /// <summary>The keys' nodes, and their root. A node's number is used again once its key has gone.</summary>
    public NodeTable Nodes { get; }

    /// <summary>Chooses the victims.</summary>
    public IVictimSelector Selector { get; }

    /// <summary>Keys resident.</summary>
    public int Count => Nodes.Count - 1;

    /// <summary>A key comes in; <see cref="IVictimSelector.Arrive"/> was told before, and victims have made room.</summary>
    /// <param name="size">Its size: 1 or more.</param>
    /// <param name="cost">What fetching it costs; not a number where that is not known.</param>
    /// <param name="access">The request that brings it.</param>
    /// <returns>Its node.</returns>
    public int Insert(int size, double cost, in Access access)
    {
        int node = Nodes.Add(_root, size);
        Nodes.AddChild(_root, node);
        Nodes.SetKey(node, access.Key);
        Nodes.SetCost(node, cost);
        if (_selectorCapacity < Nodes.Capacity)
        {
            _selectorCapacity = Nodes.Capacity;
            Selector.Grow(_selectorCapacity);
        }

        Selector.Insert(node, access);
        SetCandidate(node, true);
        return node;
    }

    /// <summary>A resident key is used.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="cost">What fetching it costs from now on; not a number keeps what is known.</param>
    /// <param name="access">The request that uses it.</param>
    public void Hit(int node, double cost, in Access access)
    {
        if (Nodes.SetCost(node, cost))
        {
            Selector.EdgeChanged(node);
        }

        if (Nodes.KeepsSubtrees)
        {
            Nodes.AddSubtreeHit(node);
            Selector.ChildrenChanged(node);
        }

        Selector.Hit(node, access);
    }

    /// <summary>A resident key has another size.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="size">The size: 1 or more.</param>
    public void SetSize(int node, int size)
    {
        Nodes.SetDepthTokens(node, size);
        Selector.EdgeChanged(node);
    }

    /// <summary>A key may, or may no longer, be a victim. One that came in may.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="candidate">True where it may.</param>
    public void SetCandidate(int node, bool candidate)
    {
        if (Nodes.IsCandidate(node) != candidate)
        {
            Nodes.SetCandidate(node, candidate);
            Selector.SetCandidate(node, candidate);
        }
    }

    /// <summary>A victim goes.</summary>
    /// <param name="victim">Its node, which the selector chose.</param>
    /// <param name="now">The clock.</param>
    public void Evict(int victim, double now)
    {
        Selector.Evicting(victim, now);
        Remove(victim);
    }

    /// <summary>A key goes that is no victim.</summary>
    /// <param name="node">Its node.</param>
    public void Remove(int node)
    {
        SetCandidate(node, false);
        Nodes.RemoveChild(_root, node);
        Nodes.Free(node);
        Selector.Remove(node);
    }
}
