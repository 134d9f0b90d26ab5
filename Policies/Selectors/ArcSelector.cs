namespace Squelch.Policies;

/// <summary>
/// ARC (Megiddo and Modha, FAST 2003, figure 4), in bytes: T1 holds what was used once, T2 what was used again, B1 and B2 remember what left them.
/// A request for what B1 remembers lets T1 grow, one for what B2 remembers lets it shrink. The cache's size is the most it has held.
/// </summary>
internal sealed class ArcSelector : HandWrittenSelector
{
    private readonly IdQueue _once;
    private readonly IdQueue _again;
    private readonly GhostQueue _onceGhosts = new();
    private readonly GhostQueue _againGhosts = new();
    private Entry[] _entries = [];
    private long _capacity;
    private long _count;
    private double _target;
    private bool _returns;
    private bool _returnsToAgain;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: nothing is left to chance.</param>
    public ArcSelector(NodeTable nodes, ulong seed)
        : base(nodes)
    {
        _ = seed;
        (_once, _again) = (new(Links), new(Links));
    }

    public override bool RemembersKeys => true;

    public override void Grow(int capacity)
    {
        base.Grow(capacity);
        Array.Resize(ref _entries, capacity);
    }

    public override void Arrive(in Access access)
    {
        double once = _onceGhosts.Bytes;
        double again = _againGhosts.Bytes;
        double step = (double)(_once.Bytes + _again.Bytes) / Math.Max(1, _count);
        bool fromOnce = _onceGhosts.Remove(access.Key);
        _returnsToAgain = !fromOnce && _againGhosts.Remove(access.Key);
        _returns = fromOnce || _returnsToAgain;
        if (fromOnce)
        {
            _target = Math.Min(_capacity, _target + (step * Math.Max(again / once, 1)));
        }
        else if (_returnsToAgain)
        {
            _target = Math.Max(0, _target - (step * Math.Max(once / again, 1)));
        }
    }

    public override void Insert(int node, in Access access)
    {
        // What goes on where a sequence ended stands where that stands.
        bool again = _returns || (access is { Continues: true, Parent: { } parent } && _entries[parent].IsAgain);
        _entries[node] = new() { Key = access.Key, Bytes = Nodes.BytesHeld(node), IsAgain = again };
        (again ? _again : _once).Add(node, _entries[node].Bytes);
        _returns = _returnsToAgain = false;
        _count++;
        _capacity = Math.Max(_capacity, _once.Bytes + _again.Bytes);
        _onceGhosts.Trim(_capacity - _once.Bytes);
        _againGhosts.Trim((2 * _capacity) - _once.Bytes - _again.Bytes - _onceGhosts.Bytes);
    }

    public override void Hit(int node, in Access access)
    {
        ref Entry entry = ref _entries[node];
        (entry.IsAgain ? _again : _once).Remove(node, entry.Bytes);
        entry.IsAgain = true;
        _again.Add(node, entry.Bytes);
    }

    public override void Evicting(int node, double now)
    {
        ref Entry entry = ref _entries[node];
        (entry.IsAgain ? _againGhosts : _onceGhosts).Add(entry.Key, entry.Bytes);
    }

    public override void Remove(int node)
    {
        ref Entry entry = ref _entries[node];
        (entry.IsAgain ? _again : _once).Remove(node, entry.Bytes);
        _count--;
    }

    public override int Select(double now)
    {
        int once = OldestCandidate(_once);
        int again = OldestCandidate(_again);
        bool fromOnce = again == NodeTable.None || _once.Bytes > _target || (_returnsToAgain && _once.Bytes >= _target);
        return fromOnce && once != NodeTable.None ? once : again;
    }

    private struct Entry
    {
        public ulong Key;
        public long Bytes;
        public bool IsAgain;
    }
}
