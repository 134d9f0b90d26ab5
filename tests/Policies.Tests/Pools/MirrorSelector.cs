namespace Squelch.Policies.Tests.Pools;

/// <summary>
/// Stands in front of a cache's selector and tells a pool of the same policy what the cache does to its nodes, as an engine would tell of its entries.
/// At each selection both must choose the same.
/// </summary>
internal sealed class MirrorSelector(IVictimSelector inner, NodeTable nodes, VictimPool pool, bool peeks) : IVictimSelector
{
    private readonly Dictionary<int, int> _parents = [];
    private readonly HashSet<int> _held = [];

    public int Compared { get; private set; }

    public bool RemembersKeys => inner.RemembersKeys;

    public int Select(double now)
    {
        SettleHolds();
        int victim = inner.Select(now);
        int[] chosen = [VictimPool.None];
        bool any = peeks ? pool.Peek(now, chosen) == 1 : pool.TryEvict(now, chosen);
        Assert.Equal(victim, chosen[0]);
        Assert.Equal(victim != VictimPool.None, any);
        Compared++;
        return victim;
    }

    public void Arrive(in Access access)
    {
        Log(Hints(access), Session(access), PoolChange.Arrive(access.Key, access.Now));
        inner.Arrive(access);
    }

    public void Insert(int node, in Access access)
    {
        _parents[node] = ParentOf(node);
        Log(
            Hints(access),
            Session(access),
            PoolChange.Insert(node, access.Now, _parents[node], nodes.DepthTokens(node), flops: Flops(node), key: access.Key, flags: Flags(node)));
        inner.Insert(node, access);
    }

    public void Split(int node, int lower) => inner.Split(node, lower);

    public void Hit(int node, in Access access)
    {
        Log(Hints(access), Session(access), PoolChange.Hit(node, access.Now));
        inner.Hit(node, access);
    }

    public void Touch(int node, in Access access)
    {
        Log(Hints(access), Session(access), PoolChange.Touch(node, access.Now));
        inner.Touch(node, access);
    }

    public void EdgeChanged(int node)
    {
        _parents[node] = ParentOf(node);
        Log(PoolChange.Edge(node, _parents[node], nodes.DepthTokens(node), flops: Flops(node), flags: Flags(node)));
        inner.EdgeChanged(node);
    }

    public void Evicting(int node, double now)
    {
        if (peeks)
        {
            Log(PoolChange.Evict(node, now));
        }

        inner.Evicting(node, now);
    }

    public void Remove(int node)
    {
        if (pool.Contains(node))
        {
            // Joined with its child, and no victim: an engine moves the child first.
            foreach (int child in _parents.Where(pair => pair.Value == node).Select(pair => pair.Key).ToArray())
            {
                _parents[child] = ParentOf(child);
                Log(PoolChange.Edge(child, _parents[child], flags: Flags(child)));
            }

            Log(PoolChange.Remove(node));
        }

        _held.Remove(node);
        _parents.Remove(node);
        inner.Remove(node);
    }

    public void Grow(int capacity) => inner.Grow(capacity);

    public void ChildrenChanged(int node) => inner.ChildrenChanged(node);

    public void SetCandidate(int node, bool candidate) => inner.SetCandidate(node, candidate);

    public void Expect(long bytes) => inner.Expect(bytes);

    public void Retune(ReadOnlySpan<double> tunables) => inner.Retune(tunables);

    private void Log(params ReadOnlySpan<PoolChange> log) => pool.Apply(log);

    private static PoolChange Hints(in Access access) => PoolChange.Hints(access.Hints with { Cost = double.NaN, Session = 0, SessionGapSpread = double.PositiveInfinity });

    private static PoolChange Session(in Access access) => PoolChange.Session(access.Hints.Session, access.Hints.SessionGapSpread);

    private int ParentOf(int node) => nodes.IsRoot(nodes.Parent(node)) ? VictimPool.None : nodes.Parent(node);

    private double Flops(int node) => nodes.Model == ModelShape.Keys ? nodes.FlopsSaved(node) : 0;

    private PoolFlags Flags(int node) => nodes.HasCheckpoint(node) ? PoolFlags.Checkpoint : PoolFlags.None;

    /// <summary>What the tree would let go but the cache does not (leases, places under way) is held; the tree's part the pool must find by itself.</summary>
    private void SettleHolds()
    {
        int most = pool.Descriptor.Candidates == Candidates.Leaves ? 0 : 1;
        foreach (int node in _parents.Keys)
        {
            bool held = nodes.Children(node) <= most && !nodes.IsCandidate(node);
            if (held ? _held.Add(node) : _held.Remove(node))
            {
                Log(held ? PoolChange.Hold(node) : PoolChange.Release(node));
            }
        }
    }
}
