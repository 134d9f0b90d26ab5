namespace Squelch.Tests.Reference;

/// <summary>A slow, plain selector over a formula: the oracle that the generated ones are compared with.</summary>
internal sealed class ReferenceSelector(NodeTable nodes, double[] tunables, Func<NodeTable, ReferenceNode[], double, double[]> scores) : IVictimSelector
{
    private readonly SortedSet<int> _candidates = [];
    private readonly Dictionary<int, ReferenceNode> _state = [];

    public void Grow(int capacity)
    {
    }

    public void Insert(int node, in Access access) => _state[node] = new ReferenceNode(node, access.Now);

    public void Hit(int node, in Access access)
    {
        _state[node].Hits++;
        Touch(node, access);
    }

    public void Touch(int node, in Access access) => _state[node].LastAccess = access.Now;

    public void EdgeChanged(int node) => Assert.Contains(node, _state.Keys);

    public void ChildrenChanged(int node) => Assert.Contains(node, _state.Keys);

    public void SetCandidate(int node, bool candidate) => Assert.True(candidate ? _candidates.Add(node) : _candidates.Remove(node));

    public void Evicting(int node, double now) => Assert.True(nodes.IsLive(node));

    public void Remove(int node)
    {
        Assert.DoesNotContain(node, _candidates);
        Assert.True(_state.Remove(node));
    }

    public int Select(double now)
    {
        ReferenceNode[] rows = [.. _candidates.Select(node => _state[node])];
        if (rows.Length == 0)
        {
            return NodeTable.None;
        }

        double[] score = scores(nodes, rows, now);
        return Enumerable.Range(0, rows.Length).OrderBy(i => double.IsNaN(score[i]) ? 1 : 0).ThenBy(i => score[i]).ThenBy(i => nodes.Creation(rows[i].Id)).Select(i => rows[i].Id).First();
    }

    public void Retune(ReadOnlySpan<double> values) => values.CopyTo(tunables);
}

/// <summary>What the oracle keeps of a node.</summary>
internal sealed class ReferenceNode(int id, double now)
{
    public int Id { get; } = id;

    public double LastAccess { get; set; } = now;

    public double Hits { get; set; } = 1;
}
