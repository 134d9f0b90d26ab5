using Squelch.Generators.Ir;
using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>A root with random children, and a selector that was told of them.</summary>
internal sealed class Grove
{
    private readonly List<int> _live = [];
    private readonly int _root;
    private readonly double[] _costs;

    public Grove(PolicyModel model, int count, int seed, Func<IVictimSelector, IVictimSelector>? accelerate = null, params double[] costs)
    {
        _costs = costs;
        Random = new Random(seed);
        _root = Nodes.Add(NodeTable.None, 0);
        Selector = CompiledPolicies.Selector(model, Nodes);
        Events = accelerate is null ? Selector : accelerate(Selector);

        // Ids are used again, so that creation numbers do not follow them.
        int[] early = [.. Enumerable.Range(0, count / 3).Select(_ => Nodes.Add(_root, 1))];
        Random.Shuffle(early);
        foreach (int node in early)
        {
            Nodes.Free(node);
        }

        while (_live.Count < count)
        {
            Add();
        }
    }

    public NodeTable Nodes { get; } = new(ModelShape.PaperHybrid);

    public FormulaSelector Selector { get; }

    /// <summary>Is told of changes: the selector, or what stands in front of it.</summary>
    public IVictimSelector Events { get; }

    public Random Random { get; }

    public IReadOnlyList<int> Live => _live;

    public double Now { get; set; } = 1000;

    /// <summary>Changes take no time.</summary>
    public bool Stands { get; set; }

    public HashSet<int> Candidates { get; } = [];

    public void Add()
    {
        int node = Nodes.Add(_root, 1 + Random.Next(4000));
        if (Random.Next(3) > 0)
        {
            Nodes.SetCheckpoint(node);
        }

        Cost(node);
        Events.Grow(Nodes.Capacity);
        Events.Insert(node, Access());
        for (int hits = Random.Next(4); hits > 0; hits--)
        {
            Events.Hit(node, Access());
        }

        _live.Add(node);
        SetCandidate(node, Random.Next(8) > 0);
    }

    public void SetCandidate(int node, bool candidate)
    {
        Events.SetCandidate(node, candidate);
        if (candidate)
        {
            Candidates.Add(node);
        }
        else
        {
            Candidates.Remove(node);
        }
    }

    public void Remove(int node)
    {
        Events.SetCandidate(node, false);
        Events.Remove(node);
        Candidates.Remove(node);
        _live.Remove(node);
        Nodes.Free(node);
    }

    /// <summary>One random change.</summary>
    public void Change()
    {
        Now += Stands ? 0 : Random.Next(3);
        if (_live.Count == 0)
        {
            Add();
            return;
        }

        int node = _live[Random.Next(_live.Count)];
        switch (Random.Next(6))
        {
            case 0:
                Add();
                break;
            case 1:
                Remove(node);
                break;
            case 2:
                Events.Hit(node, Access());
                break;
            case 3:
                Events.Touch(node, Access());
                break;
            case 4:
                SetCandidate(node, !Candidates.Contains(node));
                break;
            default:
                Cost(node);
                Events.EdgeChanged(node);
                break;
        }
    }

    /// <summary>The victim by every way that the plan can be carried out; all have to agree.</summary>
    public int Agreed()
    {
        int victim = Selector.SelectBy(Backend.Scalar, Now);
        Assert.Equal(Candidates.Count == 0, victim < 0);
        Assert.True(victim < 0 || Candidates.Contains(victim));
        Assert.Equal(victim, Selector.Select(Now));
        foreach (Backend backend in Enum.GetValues<Backend>())
        {
            int other;
            try
            {
                other = Selector.SelectBy(backend, Now);
            }
            catch (NotSupportedException)
            {
                continue;
            }

            Assert.True(victim == other, $"{backend} chose {other}, the scalar form {victim}");
        }

        return victim;
    }

    /// <summary>Puts odd numbers where the plan reads them.</summary>
    public void Spoil(params double[] values)
    {
        foreach (int node in _live)
        {
            if (Selector.ColumnCount > 0 && Random.Next(3) == 0)
            {
                Selector.WriteColumn(Random.Next(Selector.ColumnCount), node, values[Random.Next(values.Length)]);
            }
        }
    }

    /// <summary>Some nodes have costs, of which many are the same.</summary>
    private void Cost(int node)
    {
        if (_costs.Length > 0 && Random.Next(4) > 0)
        {
            Nodes.SetCost(node, _costs[Random.Next(_costs.Length)]);
        }
    }

    private Access Access() => new(Now - Random.Next(200), new(Random.Next(4), Now + Random.Next(-500, 500), Now + Random.Next(500), Session: Random.Next(9), SessionGapSpread: 10 * Random.Next(3)), (ulong)Random.Next(50));
}
