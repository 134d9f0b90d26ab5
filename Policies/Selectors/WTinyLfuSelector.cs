namespace Squelch.Policies;

/// <summary>
/// W-TinyLFU (Einziger et al., ACM TOS 2017, section 4): a window of a hundredth of the cache in order of use, and a main part of two segments,
/// probation and protected (four fifths). The window's oldest competes with the main part's by estimated frequency. The cache's size is what it holds
/// when it is full for the first time; until then all stands in the window.
/// </summary>
/// <remarks>
/// Where the paper leaves choices open they are libCacheSim's: counted are what comes in, hits in the main part and the window's oldest when they
/// compete; what overflows probation must go. It goes when space is wanted, not at once.
/// </remarks>
internal sealed class WTinyLfuSelector : HandWrittenSelector
{
    private const double WindowShare = 0.01;
    private const double ProbationShare = 0.2;
    private readonly FrequencySketch _sketch = new();
    private readonly IdQueue[] _parts;
    private Entry[] _entries = [];
    private long _mainBytes;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: nothing is left to chance.</param>
    public WTinyLfuSelector(NodeTable nodes, ulong seed)
        : base(nodes)
    {
        _ = seed;
        _parts = [new(Links), new(Links), new(Links), new(Links)];
    }

    private enum Part : byte
    {
        Window,
        Probation,
        Protected,
        Overflow,
    }

    public override bool RemembersKeys => true;

    private bool IsFilling => _mainBytes == 0;

    private long ProbationBytes => (long)(ProbationShare * _mainBytes);

    private long ProtectedBytes => _mainBytes - ProbationBytes;

    public override void Grow(int capacity)
    {
        base.Grow(capacity);
        Array.Resize(ref _entries, capacity);
    }

    public override void Insert(int node, in Access access)
    {
        // What goes on where a sequence ended is counted with it, and stands where that stands.
        bool continues = access is { Continues: true, Parent: not null };
        ref Entry before = ref _entries[continues ? access.Parent!.Value : node];
        _entries[node] = new() { Key = continues ? before.Key : access.Key, Bytes = Nodes.BytesHeld(node), Part = continues ? before.Part : Part.Window };
        Queue(_entries[node].Part).Add(node, _entries[node].Bytes);
        if (!IsFilling)
        {
            _sketch.Add(_entries[node].Key);
        }

        LimitProtected();
    }

    public override void Hit(int node, in Access access)
    {
        if (_entries[node].Part == Part.Window)
        {
            Move(node, Part.Window);
            return;
        }

        if (_entries[node].Part == Part.Overflow)
        {
            // As if it had gone and come in again.
            _sketch.Add(_entries[node].Key);
            Move(node, Part.Window);
            return;
        }

        _sketch.Hit(_entries[node].Key);
        Move(node, Part.Protected);
        LimitProtected();
    }

    private void LimitProtected()
    {
        while (!IsFilling && Queue(Part.Protected).Bytes > ProtectedBytes)
        {
            Move(Queue(Part.Protected).Oldest, Part.Probation);
            while (Queue(Part.Probation).Bytes > ProbationBytes)
            {
                Move(Queue(Part.Probation).Oldest, Part.Overflow);
            }
        }
    }

    public override void Evicting(int node, double now)
    {
        if (IsFilling)
        {
            // Nobody asked what goes: an engine has evicted by itself.
            Open();
        }

        Part part = _entries[node].Part;
        if (part == Part.Window)
        {
            _sketch.Add(_entries[node].Key);
        }
        else if (part != Part.Overflow)
        {
            Move(node, Part.Overflow);
            int winner = OldestCandidate(Queue(Part.Window));
            if (winner != NodeTable.None)
            {
                Admit(winner);
            }
        }
    }

    public override void Remove(int node) => Queue(_entries[node].Part).Remove(node, _entries[node].Bytes);

    public override int Select(double now)
    {
        if (IsFilling)
        {
            Open();
        }

        int overflow = OldestCandidate(Queue(Part.Overflow));
        if (overflow != NodeTable.None)
        {
            return overflow;
        }

        int candidate = OldestCandidate(Queue(Part.Window));
        while (candidate != NodeTable.None && Queue(Part.Probation).Bytes + Queue(Part.Protected).Bytes + _entries[candidate].Bytes <= _mainBytes)
        {
            Admit(candidate);
            candidate = OldestCandidate(Queue(Part.Window));
        }

        int victim = OldestOfMain();
        bool stays = candidate == NodeTable.None
            || (victim != NodeTable.None && _sketch.Estimate(_entries[candidate].Key) > _sketch.Estimate(_entries[victim].Key));
        return stays ? victim : candidate;
    }

    /// <summary>The cache is full: its size is known now.</summary>
    private void Open()
    {
        IdQueue window = Queue(Part.Window);
        _mainBytes = Math.Max(1, window.Bytes - Math.Max(1, (long)(WindowShare * window.Bytes)));
        _sketch.Open(_mainBytes);
        for (int node = window.Oldest; node != NodeTable.None; node = window.Newer(node))
        {
            _sketch.Add(_entries[node].Key);
        }
    }

    /// <summary>Moves a window's node to the main part: to a segment with room, or to probation, whose oldest go.</summary>
    private void Admit(int node)
    {
        long bytes = _entries[node].Bytes;
        _sketch.Add(_entries[node].Key);
        bool probation = Queue(Part.Probation).Bytes + bytes <= ProbationBytes;
        bool room = probation || Queue(Part.Protected).Bytes + bytes <= ProtectedBytes;
        while (!room && Queue(Part.Probation).Bytes + Queue(Part.Protected).Bytes + bytes > _mainBytes && OldestOfMain() is not NodeTable.None and int oldest)
        {
            Move(oldest, Part.Overflow);
        }

        Part part = probation || !room ? Part.Probation : Part.Protected;
        Move(node, part);

        // A conversation goes as one: turns that it went beyond would fill the window for good.
        for (int before = Nodes.Parent(node); !Nodes.IsRoot(before) && Nodes.Children(before) == 1 && _entries[before].Part == Part.Window; before = Nodes.Parent(before))
        {
            Move(before, part);
        }
    }

    private int OldestOfMain()
    {
        int victim = OldestCandidate(Queue(Part.Probation));
        return victim == NodeTable.None ? OldestCandidate(Queue(Part.Protected)) : victim;
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
