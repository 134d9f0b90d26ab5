namespace Squelch.Lab;

/// <summary>Chooses victims by a rule that knows the future.</summary>
internal sealed class OfflineSelector : IVictimSelector
{
    private const double LeastCost = 1e-300;
    private const int WorkOfChange = 4;

    /// <summary>Where a rule is left, what has no known use counts as if it had one so many requests later: else all else would always go after it.</summary>
    private const int UnknownWait = 50;

    private readonly NodeTable _nodes;
    private readonly OfflineRule _rule;
    private readonly IReadOnlyList<OfflineDeviation> _deviations;
    private readonly List<OfflineDeviation> _inForce = [];
    private readonly NodeFuture _future;
    private readonly PriorityQueue<(int Node, int Version), (int NextUse, double Bytes)>? _queue;
    private int[] _candidates = [];
    private int[] _place = [];
    private int[] _version = [];
    private int[] _made = [];
    private int[] _used = [];
    private int[] _uses = [];
    private int _count;
    private int _request;

    public OfflineSelector(NodeTable nodes, OfflineRule rule, IReadOnlyList<OfflineDeviation> deviations, FutureUses uses, bool hasSplits)
    {
        (_nodes, _rule, _deviations) = (nodes, rule, deviations);
        _future = new NodeFuture(nodes, uses, hasSplits && rule.SeesSplits);

        // The farthest next use first, and of equals the largest.
        _queue = rule.IsTimeless && deviations.Count == 0 ? new(Comparer<(int NextUse, double Bytes)>.Create(static (x, y) => y.CompareTo(x))) : null;
    }

    /// <summary>Index of the request that runs.</summary>
    public int Request
    {
        get => _request;
        set
        {
            _request = value;
            _inForce.Clear();
            _inForce.AddRange(_deviations.Where(deviation => value >= deviation.From && value < deviation.To));
        }
    }

    /// <summary>What it has done so far: scores, and nodes told of.</summary>
    public long Work { get; private set; }

    public void Grow(int capacity)
    {
        int old = _place.Length;
        Array.Resize(ref _candidates, capacity);
        Array.Resize(ref _place, capacity);
        Array.Resize(ref _version, capacity);
        Array.Resize(ref _made, capacity);
        Array.Resize(ref _used, capacity);
        Array.Resize(ref _uses, capacity);
        _place.AsSpan(old).Fill(-1);
        _future.Grow(capacity);
    }

    public void Insert(int node, in Access access)
    {
        (_made[node], _used[node], _uses[node]) = (Request, Request, 1);
        _future.Insert(node, Request);
    }

    public void Hit(int node, in Access access)
    {
        _uses[node]++;
        Touch(node, access);
    }

    public void Touch(int node, in Access access)
    {
        _used[node] = Request;
        Change(node);
    }

    public void EdgeChanged(int node)
    {
        _future.Moved(node);
        Change(node);
    }

    public void ChildrenChanged(int node) => Change(node);

    public void SetCandidate(int node, bool candidate)
    {
        if (candidate)
        {
            _place[node] = _count;
            _candidates[_count++] = node;
            Change(node);
        }
        else
        {
            int last = _candidates[--_count];
            _candidates[_place[node]] = last;
            _place[last] = _place[node];
            _place[node] = -1;
            _version[node]++;
        }
    }

    public void Evicting(int node, double now)
    {
    }

    public void Remove(int node)
    {
    }

    public void Retune(ReadOnlySpan<double> tunables)
    {
    }

    public int Select(double now) => _queue is null ? Lowest() : Farthest(_queue);

    private void Change(int node)
    {
        Work += WorkOfChange;
        _future.Forget(node);
        if (_queue is not null && _place[node] >= 0)
        {
            _queue.Enqueue((node, ++_version[node]), (_future.Of(node, Request).NextUse, _future.Bytes(node)));
        }
    }

    private int Farthest(PriorityQueue<(int Node, int Version), (int NextUse, double Bytes)> queue)
    {
        while (queue.TryPeek(out (int Node, int Version) first, out (int NextUse, double Bytes) order))
        {
            if (_place[first.Node] < 0 || _version[first.Node] != first.Version)
            {
                queue.Dequeue();
                continue;
            }

            int nextUse = _future.Of(first.Node, Request).NextUse;
            if (nextUse == order.NextUse)
            {
                return first.Node;
            }

            // The use that it waited for has passed.
            queue.Dequeue();
            queue.Enqueue(first, (nextUse, order.Bytes));
        }

        return NodeTable.None;
    }

    private int Lowest()
    {
        int lowest = NodeTable.None;
        double least = double.PositiveInfinity;
        double bytes = 0;
        Work += _count;
        foreach (int node in _candidates.AsSpan(0, _count))
        {
            double score = Score(node);
            if (score < least || (score == least && _future.Bytes(node) > bytes))
            {
                (lowest, least, bytes) = (node, score, _future.Bytes(node));
            }
        }

        return lowest;
    }

    private double Score(int node)
    {
        NodeFuture.Reasons reasons = _future.Of(node, Request);
        double bytes = _rule.Past != Past.No ? _nodes.BytesHeld(node) : _rule.IsPerByte ? _future.Bytes(node) : 1;
        double score = _rule.Past switch
        {
            Past.Frequency => _uses[node] * _nodes.FlopsSaved(node) / bytes / Math.Max(1, Request - _made[node]),
            Past.Recency => _nodes.FlopsSaved(node) / bytes / Math.Max(1, Request - _used[node]),
            _ => Worth(node, reasons, bytes),
        };
        foreach (OfflineDeviation deviation in _inForce)
        {
            double unknown = _rule.Past != Past.No ? 0 : (_rule.IsPerByte ? _nodes.Tokens(node) / bytes : 1) / UnknownWait;
            score = (score + unknown) * deviation.Factor(_future.Prefix(node));
        }

        return score;
    }

    private double Worth(int node, NodeFuture.Reasons reasons, double bytes)
    {
        double score = 0;
        foreach (NodeFuture.Reason reason in reasons.All)
        {
            double cost = (bytes * (reason.At - Request)) + ((_rule.IsPerByte ? reason.ThenBytes : 1) * (reason.Then - reason.At));
            score = Math.Max(score, (_rule.IsPerByte ? reason.Tokens : 1) / Math.Max(cost, LeastCost));
        }

        if (score > 0 && _rule.Uses > 1)
        {
            score = Math.Max(score, _future.SumOverUses(node, Request, _rule.Uses) * (_rule.IsPerByte ? reasons.All[0].Tokens / bytes : 1));
        }

        return score;
    }
}
