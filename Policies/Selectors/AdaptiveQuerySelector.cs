namespace Squelch.Policies;

/// <summary>
/// AdaptiveQuery-b (Im et al., ICML 2022, algorithm 1). A phase ends when every candidate was used in it. What comes back in the phase in which it
/// was dropped was dropped wrongly: the chain of such mistakes grows by one, and beyond log2 of the residents chance decides.
/// </summary>
internal sealed class AdaptiveQuerySelector(NodeTable nodes, ulong seed, double queries) : HandWrittenSelector(nodes), IPredictedSelector
{
    /// <summary>Room for the sample of a victim.</summary>
    public const int MostQueries = 64;

    private readonly (double Draw, int Node)[] _sample = new (double, int)[MostQueries];
    private readonly Dictionary<ulong, int> _dropped = [];
    private int[] _markedIn = [];
    private int[] _at = [];
    private int[] _residents = [];
    private ulong[] _keys = [];
    private int _queries = (int)queries;
    private int _count;
    private int _phase = 1;
    private int _chain;

    public INextUsePredictor? Predictor { get; set; }

    public long Queries { get; private set; }

    public override bool RemembersKeys => true;

    public override void Grow(int capacity)
    {
        Array.Resize(ref _markedIn, capacity);
        Array.Resize(ref _at, capacity);
        Array.Resize(ref _residents, capacity);
        Array.Resize(ref _keys, capacity);
    }

    public override void Arrive(in Access access) => _chain = _dropped.TryGetValue(access.Key, out int length) ? length + 1 : 0;

    public override void Insert(int node, in Access access)
    {
        _keys[node] = access.Key;
        _markedIn[node] = _phase;
        _at[node] = _count;
        _residents[_count++] = node;
    }

    public override void Hit(int node, in Access access) => _markedIn[node] = _phase;

    public override void Evicting(int node, double now) => _dropped[_keys[node]] = _chain;

    public override void Remove(int node)
    {
        int last = _residents[--_count];
        _residents[_at[node]] = last;
        _at[last] = _at[node];
    }

    public override int Select(double now)
    {
        bool trusts = Predictor is not null && _chain <= Math.Log2(Math.Max(2, _count));
        int sampled = Sample(now, trusts ? _queries : 1);
        if (sampled == 0)
        {
            _phase++;
            _dropped.Clear();
            sampled = Sample(now, trusts ? _queries : 1);
        }

        return sampled == 0 ? NodeTable.None : trusts ? Farthest(sampled, now) : _sample[0].Node;
    }

    public override void Retune(ReadOnlySpan<double> tunables) => _queries = (int)tunables[0];

    /// <summary>The unmarked candidates with the lowest draws: a uniform sample. Returns how many there are, at most as many as wanted.</summary>
    private int Sample(double now, int wanted)
    {
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            int node = _residents[i];
            if (_markedIn[node] == _phase || !Nodes.IsCandidate(node))
            {
                continue;
            }

            double draw = Draw.At(seed, now, Nodes.Creation(node));
            if (count == wanted && draw >= _sample[count - 1].Draw)
            {
                continue;
            }

            int place = count < wanted ? count++ : count - 1;
            for (; place > 0 && _sample[place - 1].Draw > draw; place--)
            {
                _sample[place] = _sample[place - 1];
            }

            _sample[place] = (draw, node);
        }

        return count;
    }

    private int Farthest(int sampled, double now)
    {
        int victim = NodeTable.None;
        double farthest = double.NegativeInfinity;
        for (int i = 0; i < sampled; i++)
        {
            Queries++;
            int node = _sample[i].Node;
            double use = Predictor!.NextUse(node, now);
            if (use > farthest || (use == farthest && Nodes.Creation(node) < Nodes.Creation(victim)))
            {
                victim = node;
                farthest = use;
            }
        }

        return victim == NodeTable.None ? _sample[0].Node : victim;
    }
}
