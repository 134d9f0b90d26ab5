namespace Squelch;

/// <summary>
/// Gives a selector the feature <c>nextUse</c>: when a node will next be used as a checkpoint, that is by a request that covers it but not its
/// only child. It is written anew whenever a request passes the node and whenever its children change.
/// </summary>
internal sealed class FutureSelector(IVictimSelector inner, FutureUses uses, Func<int, double> clock, OracleNoise noise) : IVictimSelector
{
    private int[] _prefix = [];
    private int[] _nextUse = [];
    private Access[] _last = [];
    private NodeTable? _nodes;

    /// <summary>The selector that chooses.</summary>
    public IVictimSelector Inner => inner;

    /// <summary>Index of the request that runs.</summary>
    public int Request { get; set; }

    /// <summary>The nodes of the cache; set before its first request.</summary>
    public NodeTable Nodes { get => _nodes!; set => _nodes = value; }

    public void Grow(int capacity)
    {
        Array.Resize(ref _prefix, capacity);
        Array.Resize(ref _nextUse, capacity);
        Array.Resize(ref _last, capacity);
        inner.Grow(capacity);
    }

    public bool RemembersKeys => inner.RemembersKeys;

    public void Arrive(in Access access) => inner.Arrive(access);

    public void Insert(int node, in Access access)
    {
        _prefix[node] = uses.PrefixOf(Request, Nodes.DepthTokens(node));
        inner.Insert(node, Know(node, access));
    }

    public void Hit(int node, in Access access)
    {
        inner.Hit(node, Know(node, access));
        for (int above = Nodes.Parent(node); !Nodes.IsRoot(above) && _nextUse[above] <= Request; above = Nodes.Parent(above))
        {
            Refresh(above);
        }
    }

    public void Touch(int node, in Access access) => inner.Touch(node, Know(node, access));

    public void EdgeChanged(int node)
    {
        inner.EdgeChanged(node);
        int parent = Nodes.Parent(node);
        if (!Nodes.IsRoot(parent))
        {
            Refresh(parent);
        }
    }

    public void ChildrenChanged(int node)
    {
        inner.ChildrenChanged(node);
        Refresh(node);
    }

    public void SetCandidate(int node, bool candidate)
    {
        if (candidate)
        {
            Refresh(node);
        }

        inner.SetCandidate(node, candidate);
    }

    public void Evicting(int node, double now) => inner.Evicting(node, now);

    public void Remove(int node) => inner.Remove(node);

    public int Select(double now) => inner.Select(now);

    public void Expect(long bytes) => inner.Expect(bytes);

    public void Retune(ReadOnlySpan<double> tunables) => inner.Retune(tunables);

    private void Refresh(int node) => inner.Touch(node, Know(node, _last[node]));

    private Access Know(int node, in Access access)
    {
        int child = Nodes.Children(node) == 1 ? Nodes.OnlyChild(node) : NodeTable.None;
        int use = uses.NextUse(_prefix[node], child == NodeTable.None ? -1 : _prefix[child], Request);
        _nextUse[node] = use;
        double at = use == FutureUses.Never ? double.PositiveInfinity : noise.Disturb(clock(use), access.Now, Nodes.Creation(node), use);
        return _last[node] = access with { NextUse = at };
    }
}
