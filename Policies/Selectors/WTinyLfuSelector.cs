namespace Squelch.Policies;

/// <summary>
/// W-TinyLFU (Einziger et al., ACM TOS 2017, section 4): a window of a hundredth of the cache in order of use, and a main part of two segments,
/// probation and protected (four fifths). The window's oldest competes with the main part's by estimated frequency. The cache's size is the most it has held.
/// </summary>
internal sealed class WTinyLfuSelector : HandWrittenSelector
{
    private const double WindowShare = 0.01;
    private const double ProtectedShare = 0.8;
    private readonly FrequencySketch _sketch = new();
    private readonly IdQueue[] _parts;
    private Entry[] _entries = [];
    private long _capacity;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: nothing is left to chance.</param>
    public WTinyLfuSelector(NodeTable nodes, ulong seed)
        : base(nodes)
    {
        _ = seed;
        _parts = [new(Links), new(Links), new(Links)];
    }

    private enum Part : byte
    {
        Window,
        Probation,
        Protected,
    }

    private long MainBytes => Queue(Part.Probation).Bytes + Queue(Part.Protected).Bytes;

    public override bool RemembersKeys => true;

    public override void Grow(int capacity)
    {
        base.Grow(capacity);
        Array.Resize(ref _entries, capacity);
        _sketch.Grow(capacity);
    }

    public override void Arrive(in Access access) => _sketch.Add(access.Key);

    public override void Insert(int node, in Access access)
    {
        _entries[node] = new() { Key = access.Key, Bytes = Nodes.BytesHeld(node), Part = Part.Window };
        Queue(Part.Window).Add(node, _entries[node].Bytes);
    }

    public override void Hit(int node, in Access access)
    {
        ref Entry entry = ref _entries[node];
        _sketch.Add(entry.Key);
        Move(node, entry.Part == Part.Window ? Part.Window : Part.Protected);
        double most = ProtectedShare * (1 - WindowShare) * Math.Max(_capacity, MainBytes);
        while (Queue(Part.Protected).Bytes > most)
        {
            Move(Queue(Part.Protected).Oldest, Part.Probation);
        }
    }

    public override void Evicting(int node, double now)
    {
        int candidate = OldestCandidate(Queue(Part.Window));
        if (_entries[node].Part != Part.Window && candidate != NodeTable.None)
        {
            Move(candidate, Part.Probation);
        }
    }

    public override void Remove(int node) => Queue(_entries[node].Part).Remove(node, _entries[node].Bytes);

    public override int Select(double now)
    {
        IdQueue window = Queue(Part.Window);
        _capacity = Math.Max(_capacity, window.Bytes + MainBytes);
        int candidate = OldestCandidate(window);
        while (candidate != NodeTable.None && MainBytes + _entries[candidate].Bytes <= (1 - WindowShare) * _capacity)
        {
            Move(candidate, Part.Probation);
            candidate = OldestCandidate(window);
        }

        int victim = OldestCandidate(Queue(Part.Probation));
        victim = victim == NodeTable.None ? OldestCandidate(Queue(Part.Protected)) : victim;
        bool stays = candidate == NodeTable.None
            || (victim != NodeTable.None && _sketch.Estimate(_entries[candidate].Key) > _sketch.Estimate(_entries[victim].Key));
        return stays ? victim : candidate;
    }

    private IdQueue Queue(Part part) => _parts[(int)part];

    private void Move(int node, Part part)
    {
        ref Entry entry = ref _entries[node];
        Queue(entry.Part).Remove(node, entry.Bytes);
        entry.Part = part;
        Queue(part).Add(node, entry.Bytes);
    }

    private struct Entry
    {
        public ulong Key;
        public long Bytes;
        public Part Part;
    }
}
