namespace Squelch.Benchmarks;

/// <summary>Many leaves under one root, with a selector over them whose columns are filled at will.</summary>
internal sealed class Forest
{
    private readonly FormulaSelector _selector;
    private readonly NodeTable _nodes;
    private readonly Random _random;
    private readonly int[] _leaves;

    public Forest(Func<NodeTable, ulong, IVictimSelector> create, int size, int seed)
    {
        _random = new Random(seed);
        _nodes = new NodeTable(ModelShape.PaperHybrid);
        int root = _nodes.Add(NodeTable.None, 0);
        _leaves = new int[size];
        for (int i = 0; i < size; i++)
        {
            int leaf = _nodes.Add(root, _random.Next(50, 30_000));
            _nodes.AddChild(root, leaf);
            _nodes.SetCheckpoint(leaf);
            _leaves[i] = leaf;
        }

        _selector = (FormulaSelector)create(_nodes, 0);
        _selector.Grow(_nodes.Capacity);
        foreach (int leaf in _leaves)
        {
            Now++;
            _selector.Insert(leaf, new Access(Now));
            _selector.SetCandidate(leaf, true);
        }

        Now++;
    }

    public double Now { get; private set; }

    /// <summary>Uniform columns, or columns as a replay leaves them: times in order of use, efficiencies of real suffix lengths.</summary>
    public void Fill(bool replayed)
    {
        if (replayed)
        {
            return;
        }

        for (int column = 0; column < _selector.ColumnCount; column++)
        {
            foreach (int leaf in _leaves)
            {
                _selector.WriteColumn(column, leaf, _random.NextDouble() * Now);
            }
        }
    }

    public List<NaiveNode> Naive()
        => [.. _leaves.Select(leaf => new NaiveNode { LastAccess = _selector.ReadColumn(0, leaf), Efficiency = _selector.ReadColumn(1, leaf), Creation = _nodes.Creation(leaf) })];

    /// <summary>Selects so often; each time the victim goes, a new node takes its slot, and two more nodes are hit.</summary>
    public void Turn(Backend backend, int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            Now++;
            int victim = _selector.SelectBy(backend, Now);
            _selector.SetCandidate(victim, false);
            _selector.Remove(victim);
            _selector.Insert(victim, new Access(Now));
            _selector.SetCandidate(victim, true);
            _selector.Hit(_leaves[_random.Next(_leaves.Length)], new Access(Now));
            _selector.Hit(_leaves[_random.Next(_leaves.Length)], new Access(Now));
        }
    }
}
