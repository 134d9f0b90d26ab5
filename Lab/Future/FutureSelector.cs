namespace Squelch.Lab;

/// <summary>
/// Gives a selector the feature <c>nextUse</c>: when a node will next be used as a checkpoint, that is by a request that covers it but not its
/// only child. It is written anew whenever a request passes the node and whenever its children change.
/// </summary>
internal sealed class FutureSelector : IVictimSelector, INextUsePredictor
{
    private readonly IVictimSelector _inner;
    private readonly FutureUses _uses;
    private readonly Func<int, double> _clock;
    private readonly OracleNoise _noise;
    private int[] _prefix = [];
    private int[] _nextUse = [];
    private Access[] _last = [];
    private NodeTable? _nodes;

    /// <summary>In front of a selector.</summary>
    /// <param name="inner">Chooses; where it asks a predictor, it asks this one.</param>
    /// <param name="uses">The future.</param>
    /// <param name="clock">The time of a request, by its index.</param>
    /// <param name="noise">Errors.</param>
    public FutureSelector(IVictimSelector inner, FutureUses uses, Func<int, double> clock, OracleNoise noise)
    {
        (_inner, _uses, _clock, _noise) = (inner, uses, clock, noise);
        if (inner is IPredictedSelector predicted)
        {
            predicted.Predictor = this;
        }
    }

    /// <summary>The selector that chooses.</summary>
    public IVictimSelector Inner => _inner;

    /// <summary>Index of the request that runs.</summary>
    public int Request { get; set; }

    /// <summary>The nodes of the cache; set before its first request.</summary>
    public NodeTable Nodes { get => _nodes!; set => _nodes = value; }

    public void Grow(int capacity)
    {
        Array.Resize(ref _prefix, capacity);
        Array.Resize(ref _nextUse, capacity);
        Array.Resize(ref _last, capacity);
        _inner.Grow(capacity);
    }

    public bool RemembersKeys => _inner.RemembersKeys;

    public void Arrive(in Access access) => _inner.Arrive(access);

    public void Insert(int node, in Access access)
    {
        _prefix[node] = _uses.PrefixOf(Request, Nodes.DepthTokens(node));
        _inner.Insert(node, Know(node, access));
    }

    public void Split(int node, int lower) => _inner.Split(node, lower);

    public void Hit(int node, in Access access)
    {
        _inner.Hit(node, Know(node, access));
        for (int above = Nodes.Parent(node); !Nodes.IsRoot(above) && _nextUse[above] <= Request; above = Nodes.Parent(above))
        {
            Refresh(above);
        }
    }

    public void Touch(int node, in Access access) => _inner.Touch(node, Know(node, access));

    public void EdgeChanged(int node)
    {
        _inner.EdgeChanged(node);
        int parent = Nodes.Parent(node);
        if (!Nodes.IsRoot(parent))
        {
            Refresh(parent);
        }
    }

    public void ChildrenChanged(int node)
    {
        _inner.ChildrenChanged(node);
        Refresh(node);
    }

    public void SetCandidate(int node, bool candidate)
    {
        if (candidate)
        {
            Refresh(node);
        }

        _inner.SetCandidate(node, candidate);
    }

    public void Evicting(int node, double now) => _inner.Evicting(node, now);

    public void Remove(int node) => _inner.Remove(node);

    public int Select(double now) => _inner.Select(now);

    public void Expect(long bytes) => _inner.Expect(bytes);

    public void Retune(ReadOnlySpan<double> tunables) => _inner.Retune(tunables);

    public double NextUse(int node, double now) => Know(node, _last[node] with { Now = now }).Hints.NextUse;

    private void Refresh(int node) => _inner.Touch(node, Know(node, _last[node]));

    private Access Know(int node, in Access access)
    {
        int child = Nodes.Children(node) == 1 ? Nodes.OnlyChild(node) : NodeTable.None;
        int use = _uses.NextUse(_prefix[node], child == NodeTable.None ? -1 : _prefix[child], Request);
        _nextUse[node] = use;
        double at = use == FutureUses.Never ? double.PositiveInfinity : _noise.Disturb(_clock(use), access.Now, Nodes.Creation(node), use);
        return _last[node] = access with { Hints = access.Hints with { NextUse = at } };
    }
}
