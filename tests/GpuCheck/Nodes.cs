namespace Squelch.GpuCheck;

/// <summary>Leaves under one root whose columns hold random numbers, told to a selector.</summary>
internal sealed class Nodes
{
    private readonly Random _random;
    private readonly int[] _leaves;
    private readonly IVictimSelector _events;

    public Nodes(RegisteredPolicy policy, int count, int seed, Func<IVictimSelector, IVictimSelector> accelerate)
    {
        _random = new Random(seed);
        Table = new NodeTable(ModelShape.PaperHybrid);
        Selector = (FormulaSelector)Create(policy, Table);
        _events = accelerate(Selector);
        int root = Table.Add(NodeTable.None, 0);
        _leaves = new int[count];
        for (int index = 0; index < count; index++)
        {
            int leaf = Table.Add(root, 1 + _random.Next(30_000));
            _leaves[index] = leaf;
            if (_random.Next(4) > 0)
            {
                Table.SetCheckpoint(leaf);
            }
        }

        _events.Grow(Table.Capacity);
        foreach (int leaf in _leaves)
        {
            Now += _random.Next(3);
            _events.Insert(leaf, new Access(Now));
            _events.SetCandidate(leaf, true);
        }
    }

    public NodeTable Table { get; }

    public FormulaSelector Selector { get; }

    public double Now { get; private set; } = 1;

    /// <summary>Random leaves are hit.</summary>
    public void Hit(int count)
    {
        for (int time = 0; time < count; time++)
        {
            Now++;
            _events.Hit(_leaves[_random.Next(_leaves.Length)], new Access(Now));
        }
    }

    /// <summary>The last leaves are hit, as a cache's newest ones are.</summary>
    public void HitLast(int count)
    {
        for (int time = 0; time < count; time++)
        {
            Now++;
            _events.Hit(_leaves[_leaves.Length - 1 - time], new Access(Now));
        }
    }

    /// <summary>Puts one of the values into each column of some leaves, past the device's knowledge: call before the device sees the nodes.</summary>
    public void Spoil(double share, params double[] values)
    {
        for (int column = 0; column < Selector.ColumnCount; column++)
        {
            foreach (int leaf in _leaves)
            {
                if (_random.NextDouble() < share)
                {
                    Selector.WriteColumn(column, leaf, values[_random.Next(values.Length)]);
                }
            }
        }
    }

    private static IVictimSelector Create(RegisteredPolicy policy, NodeTable table)
        => policy.CreateSelector([.. policy.Descriptor.Tunables.Select(tunable => tunable.Name == "Alpha" ? 0.7 : tunable.Default)], table, seed: 42);
}
