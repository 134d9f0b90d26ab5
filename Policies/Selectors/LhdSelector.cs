namespace Squelch.Policies;

/// <summary>
/// Least Hit Density (Beckmann, Chen and Cidon, NSDI 2018, sections 3 and 4). Hits and evictions are counted per age and class; from time to time
/// they become densities, summed from the oldest age down, and fade. Ages are coarse: the unit doubles when too many nodes are older than the table.
/// </summary>
internal sealed class LhdSelector : HandWrittenSelector
{
    private const int Ages = 1024;
    private const int Classes = 4;
    private const int FirstUpdate = 256;
    private const int LastUpdate = 32768;
    private const double Fading = 0.9;

    /// <summary>Above this share of events past the table's end its unit is too fine.</summary>
    private const double MostOverflow = 0.1;

    private readonly double[] _hits = new double[Classes * Ages];
    private readonly double[] _evictions = new double[Classes * Ages];
    private readonly double[] _densities = Unlearnt();
    private double[] _used = [];
    private int[] _uses = [];
    private double _unit = 1;
    private int _events;
    private int _overflow;
    private int _update = FirstUpdate;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: all is counted.</param>
    public LhdSelector(NodeTable nodes, ulong seed)
        : base(nodes)
        => _ = seed;

    public override void Grow(int capacity)
    {
        Array.Resize(ref _used, capacity);
        Array.Resize(ref _uses, capacity);
    }

    public override void Insert(int node, in Access access)
    {
        _used[node] = access.Now;
        _uses[node] = 0;
    }

    public override void Hit(int node, in Access access)
    {
        _hits[Cell(node, access.Now)]++;
        _used[node] = access.Now;
        _uses[node]++;
        Count();
    }

    public override void Evicting(int node, double now)
    {
        _evictions[Cell(node, now)]++;
        Count();
    }

    public override void Remove(int node)
    {
    }

    public override int Select(double now)
    {
        int victim = NodeTable.None;
        double lowest = double.PositiveInfinity;
        for (int node = 0; node < _used.Length; node++)
        {
            if (!Nodes.IsCandidate(node))
            {
                continue;
            }

            double density = _densities[Cell(node, now)] / Nodes.BytesHeld(node);
            if (density < lowest || (density == lowest && Nodes.Creation(node) < Nodes.Creation(victim)) || victim == NodeTable.None)
            {
                victim = node;
                lowest = density;
            }
        }

        return victim;
    }

    // Until there is something to learn from, the older a node the less it is worth: LRU.
    private static double[] Unlearnt()
    {
        var densities = new double[Classes * Ages];
        for (int cell = 0; cell < densities.Length; cell++)
        {
            densities[cell] = 1.0 / (1 + (cell % Ages));
        }

        return densities;
    }

    private int Cell(int node, double now)
    {
        double age = (now - _used[node]) / _unit;
        return (Math.Min(_uses[node], Classes - 1) * Ages) + (int)Math.Clamp(age, 0, Ages - 1);
    }

    private void Count()
    {
        if (++_events < _update)
        {
            return;
        }

        Learn();
        if (_overflow > MostOverflow * _events)
        {
            _unit *= 2;
            Coarsen(_hits);
            Coarsen(_evictions);
            Learn();
        }

        _events = 0;
        _update = Math.Min(LastUpdate, _update * 2);
        for (int cell = 0; cell < _hits.Length; cell++)
        {
            _hits[cell] *= Fading;
            _evictions[cell] *= Fading;
        }
    }

    /// <summary>Hits at an age or later, over the time that nodes of that age still spend in the cache: both sums run from the oldest age.</summary>
    private void Learn()
    {
        _overflow = 0;
        for (int kind = 0; kind < Classes; kind++)
        {
            double hits = 0;
            double events = 0;
            double time = 0;
            for (int age = Ages - 1; age >= 0; age--)
            {
                int cell = (kind * Ages) + age;
                hits += _hits[cell];
                events += _hits[cell] + _evictions[cell];
                time += events;
                _densities[cell] = time > 0 ? hits / time : 0;
            }

            _overflow += (int)(_hits[(kind * Ages) + Ages - 1] + _evictions[(kind * Ages) + Ages - 1]);
        }
    }

    private static void Coarsen(double[] counts)
    {
        for (int kind = 0; kind < Classes; kind++)
        {
            Span<double> ages = counts.AsSpan(kind * Ages, Ages);
            for (int age = 0; age < Ages / 2; age++)
            {
                ages[age] = ages[2 * age] + ages[(2 * age) + 1];
            }

            ages[(Ages / 2)..].Clear();
        }
    }
}
