namespace Squelch.Policies;

/// <summary>
/// Follower and Robust (Abdel Sadek and Elias, ICLR 2024, algorithms 1 and 2, with f(i) = i). Follower keeps to the contents that were predicted last
/// and asks again when they prove wrong. Once it has missed more often than Belady's rule on the requests so far, Robust takes over for as many distinct
/// arrivals as there are residents: marking by chance, which asks when the first of them came and whenever half of the rest has come.
/// </summary>
/// <remarks>The proofs hold for keys of one size. In a tree only leaves can go, so that what goes need not be what the paper lets go.</remarks>
internal sealed class FollowerRobustSelector(NodeTable nodes, ulong seed, double separation) : HandWrittenSelector(nodes), IContentsPredictedSelector
{
    private readonly HashSet<ulong> _gone = [];
    private PastOptimum? _optimum;
    private bool[] _predicted = [];
    private int[] _markedIn = [];
    private int[] _at = [];
    private int[] _residents = [];
    private ulong[] _keys = [];
    private double _separation = separation;
    private ulong _arriving;
    private bool _isArriving;
    private bool _optimumHit;
    private long _requests;
    private long _asked = long.MinValue / 2;
    private long _misses;
    private long _optimumMisses;
    private int _count;
    private int _phase = 1;
    private int _arrivals;
    private int _length;
    private int _halvings;
    private int _nextQuestion;

    public IContentsPredictor? Contents { get; set; }

    public long Queries { get; private set; }

    public override bool RemembersKeys => true;

    private bool IsRobust => _length > 0;

    public IVictimSelector CreateOptimum(NodeTable nodes, ulong seed) => default(Belady).CreateSelector(nodes, seed);

    public override void Grow(int capacity)
    {
        Array.Resize(ref _predicted, capacity);
        Array.Resize(ref _markedIn, capacity);
        Array.Resize(ref _at, capacity);
        Array.Resize(ref _residents, capacity);
        Array.Resize(ref _keys, capacity);
    }

    public override void Arrive(in Access access)
    {
        _arriving = access.Key;
        _isArriving = true;
        Count(access.Key);
    }

    public override void Insert(int node, in Access access)
    {
        _keys[node] = access.Key;
        _predicted[node] = Contents?.Holds(access.Key) ?? false;
        _at[node] = _count;
        _residents[_count++] = node;
        Mark(node);
    }

    public override void Hit(int node, in Access access)
    {
        Count(_keys[node]);
        if (_markedIn[node] != _phase)
        {
            Mark(node);
        }
    }

    public override void Evicting(int node, double now) => _gone.Add(_keys[node]);

    public override void Remove(int node)
    {
        int last = _residents[--_count];
        _residents[_at[node]] = last;
        _at[last] = _at[node];
    }

    public override int Select(double now)
    {
        if (_optimum is null)
        {
            Open();
        }

        bool isFirst = _isArriving;
        _isArriving = false;
        if (Contents is not null && !IsRobust)
        {
            if (isFirst)
            {
                _misses++;
                _optimumMisses += _optimumHit ? 0 : 1;
            }

            bool foreseen = Contents.Holds(_arriving);
            if (foreseen || _misses <= _optimumMisses)
            {
                // Between two questions chance decides.
                return foreseen || MayAsk() ? Unforeseen(now, marked: true) : Random(now, marked: true);
            }

            (_misses, _optimumMisses) = (0, 0);
            Begin();
        }

        AskOnSchedule();
        int victim = Contents is null || (_gone.Contains(_arriving) && !Contents.Holds(_arriving)) ? Random(now, marked: false) : Unforeseen(now, marked: false);
        if (victim == NodeTable.None)
        {
            _phase++;
            _gone.Clear();
            victim = Random(now, marked: false);
        }

        return victim;
    }

    public override void Retune(ReadOnlySpan<double> tunables) => _separation = tunables[0];

    /// <summary>The cache is full: from here on there is something to do better.</summary>
    private void Open()
    {
        _optimum = new(Math.Max(1, _count));
        for (int i = 0; i < _count; i++)
        {
            _optimum.Request(_keys[_residents[i]]);
        }
    }

    private void Count(ulong key)
    {
        _requests++;
        _optimumHit = _optimum?.Request(key) ?? false;
    }

    /// <summary>A new phase: all residents are old.</summary>
    private void Begin()
    {
        _phase++;
        _gone.Clear();
        (_length, _arrivals, _halvings, _nextQuestion) = (_count, 0, 0, 1);
    }

    private void Mark(int node)
    {
        _markedIn[node] = _phase;
        AskOnSchedule();
        if (IsRobust && ++_arrivals >= _length)
        {
            _length = 0;
        }
    }

    /// <summary>In a phase of Robust: asks at the first arrival, at the first after half of them, after three quarters, and so on.</summary>
    private void AskOnSchedule()
    {
        if (IsRobust && _arrivals + 1 >= _nextQuestion)
        {
            _ = MayAsk();
            int rest = _length >> ++_halvings;
            _nextQuestion = rest > 1 ? _length - rest + 1 : int.MaxValue;
        }
    }

    /// <summary>Asks, unless it asked too short a time ago.</summary>
    private bool MayAsk()
    {
        if (Contents is null || _requests - _asked < _separation)
        {
            return false;
        }

        _asked = _requests;
        Queries++;
        Contents.Ask();
        for (int i = 0; i < _count; i++)
        {
            _predicted[_residents[i]] = Contents.Holds(_keys[_residents[i]]);
        }

        return true;
    }

    /// <summary>A candidate that is not in the predicted contents; by chance among all where each of them is.</summary>
    private int Unforeseen(double now, bool marked)
    {
        int victim = Lowest(now, marked, foreseen: false);
        return victim == NodeTable.None ? Random(now, marked) : victim;
    }

    private int Random(double now, bool marked) => Lowest(now, marked, foreseen: true);

    /// <summary>The candidate with the lowest draw.</summary>
    private int Lowest(double now, bool marked, bool foreseen)
    {
        int victim = NodeTable.None;
        double lowest = double.PositiveInfinity;
        ulong key = Draw.Key(seed, now);
        for (int i = 0; i < _count; i++)
        {
            int node = _residents[i];
            if ((foreseen || !_predicted[node]) && (marked || _markedIn[node] != _phase) && Nodes.IsCandidate(node) && Draw.At(key, Nodes.Creation(node)) is var draw && draw < lowest)
            {
                victim = node;
                lowest = draw;
            }
        }

        return victim;
    }
}
