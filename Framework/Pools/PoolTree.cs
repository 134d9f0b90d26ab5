using System.Numerics;

namespace Squelch;

/// <summary>
/// The entries as nodes under one root, their slots, and the selector that chooses among them, kept in step. It trusts what it is told: the log is
/// checked before.
/// </summary>
internal sealed class PoolTree
{
    private readonly int _mostChildren;
    private readonly int _root;
    private int[] _nodeOf = [];
    private PoolEntry[] _entries = [];
    private int[] _candidates = [];

    public PoolTree(NodeTable nodes, IVictimSelector selector, Candidates candidates, int room)
    {
        Nodes = nodes;
        Selector = selector;
        _mostChildren = candidates == Squelch.Candidates.Leaves ? 0 : 1;
        nodes.EnsureCapacity(room + 1);
        _root = nodes.Add(NodeTable.None, 0);
        Grow();
    }

    public NodeTable Nodes { get; }

    public IVictimSelector Selector { get; }

    public int Count => Nodes.Count - 1;

    /// <summary>Entries that the engine holds.</summary>
    public int HeldCount { get; private set; }

    public int CandidateCount { get; private set; }

    /// <summary>The candidates, in no order; valid until one changes.</summary>
    public ReadOnlySpan<int> Candidates => _candidates.AsSpan(0, CandidateCount);

    public int Root => _root;

    /// <summary>Children with which an entry may be a victim.</summary>
    public int MostChildren => _mostChildren;

    /// <summary>The node of a slot, or <see cref="NodeTable.None"/> where it is free.</summary>
    public int NodeOf(int slot) => (uint)slot < (uint)_nodeOf.Length ? _nodeOf[slot] : NodeTable.None;

    public ref PoolEntry Entry(int node) => ref _entries[node];

    /// <summary>A new entry.</summary>
    public void Insert(int slot, int parent, int endTokens, in PoolChange change, in RequestHints hints)
    {
        int node = Nodes.Add(parent, endTokens);
        Grow();
        Name(slot, node);
        bool continues = parent != _root && Nodes.Children(parent) == 0;
        int origin = parent == _root ? NodeTable.None : parent;
        ref PoolEntry before = ref _entries[parent];
        if (parent != _root && before.Inserted == change.Now)
        {
            // Entries of one moment are those of one request.
            (origin, continues) = (before.Origin, before.Continues);
        }

        bool held = (change.Flags & PoolFlags.Held) != 0;
        _entries[node] = new() { Slot = slot, Place = -1, Origin = origin, Continues = continues, Held = held, Key = change.Key, Inserted = change.Now };
        HeldCount += held ? 1 : 0;
        Nodes.AddChild(parent, node);
        SetSize(node, change);
        Selector.Insert(node, new Access(change.Now, hints, change.Key) { Parent = origin == NodeTable.None ? null : origin, Continues = continues });
        ChildrenChanged(parent);
        Settle(node);
    }

    /// <summary>Gives an entry another place and size.</summary>
    public void Move(int node, int parent, int endTokens, in PoolChange change)
    {
        int before = Nodes.Parent(node);
        bool end = Nodes.Children(node) > 0;
        ToldSize told = Nodes.Told(node);

        // An entry without children that now stands between the two was cut off this one.
        bool split = before != parent && parent != _root && Nodes.Parent(parent) == before && Nodes.Children(parent) == 0;
        if (before != parent)
        {
            Nodes.RemoveChild(before, node);
            Nodes.AddChild(parent, node);
        }

        Nodes.SetDepthTokens(node, endTokens);
        SetSize(node, change);
        if (end)
        {
            // Its end is where it was, whatever it has given to a parent.
            Nodes.SetTold(node, Nodes.Told(node) with { PathBytes = told.PathBytes, PathFlops = told.PathFlops });
        }

        if (split)
        {
            Selector.Split(parent, node);
        }

        Selector.EdgeChanged(node);
        NodesBelow.Tell(Nodes, Selector, node);
        if (before != parent)
        {
            ChildrenChanged(before);
            ChildrenChanged(parent);
        }

        Settle(node);
    }

    /// <summary>Takes an entry out. The only child of one that has a child takes its place, and what it held.</summary>
    public void Remove(int node)
    {
        SetCandidate(node, false);
        HeldCount -= _entries[node].Held ? 1 : 0;
        _nodeOf[_entries[node].Slot] = NodeTable.None;
        int parent = Nodes.Parent(node);
        bool leaf = Unlink(node, out int child);
        Nodes.Free(node);
        Selector.Remove(node);
        Relinked(parent, leaf, child);
    }

    /// <summary>Takes a node out of the tree's links alone, so that it can be put back.</summary>
    public HiddenNode Hide(int node)
    {
        SetCandidate(node, false);
        int parent = Nodes.Parent(node);
        int child = Nodes.Children(node) == 0 ? NodeTable.None : Nodes.OnlyChild(node);
        var hidden = new HiddenNode(node, child, child == NodeTable.None ? default : Nodes.Told(child));
        bool leaf = Unlink(node, out _);
        Relinked(parent, leaf, child);
        return hidden;
    }

    /// <summary>Puts a hidden node back; the last that was hidden comes first.</summary>
    public void Show(in HiddenNode hidden)
    {
        int node = hidden.Node;
        int parent = Nodes.Parent(node);
        Nodes.AddChild(parent, node);
        if (hidden.Child != NodeTable.None)
        {
            Nodes.RemoveChild(parent, hidden.Child);
            Nodes.AddChild(node, hidden.Child);
            Nodes.SetTold(hidden.Child, hidden.ChildTold);
            EdgeChanged(hidden.Child);
        }
        else
        {
            ChildrenChanged(parent);
        }

        Settle(node);
    }

    /// <summary>Brings an entry whose children or holds have changed back in order: a candidate, or not.</summary>
    public void Settle(int node)
    {
        ref PoolEntry entry = ref _entries[node];
        SetCandidate(node, !entry.Held && !entry.Kept && Nodes.Children(node) <= _mostChildren);
    }

    /// <summary>The engine holds an entry, or no longer.</summary>
    public void SetHeld(int node, bool held)
    {
        ref PoolEntry entry = ref _entries[node];
        HeldCount += (held ? 1 : 0) - (entry.Held ? 1 : 0);
        entry.Held = held;
        Settle(node);
    }

    /// <summary>Takes all entries out, children before parents.</summary>
    public void Clear()
    {
        for (int node = 0; node < Nodes.Capacity; node++)
        {
            int next = node;
            while (next != _root && Nodes.IsLive(next) && Nodes.Children(next) == 0)
            {
                int parent = Nodes.Parent(next);
                Remove(next);
                next = parent;
            }
        }
    }

    private void ChildrenChanged(int node)
    {
        if (node != _root)
        {
            Selector.ChildrenChanged(node);
            Settle(node);
        }
    }

    private void Relinked(int parent, bool leaf, int child)
    {
        if (leaf)
        {
            ChildrenChanged(parent);
        }
        else
        {
            EdgeChanged(child);
        }
    }

    /// <summary>The edge of a node begins elsewhere: below it, another checkpoint may be the nearest.</summary>
    private void EdgeChanged(int node)
    {
        Selector.EdgeChanged(node);
        if (!Nodes.HasCheckpoint(node))
        {
            NodesBelow.Tell(Nodes, Selector, node);
        }
    }

    /// <summary>Takes a node from under its parent; its only child, if it has one, stands there then.</summary>
    private bool Unlink(int node, out int child)
    {
        int parent = Nodes.Parent(node);
        bool leaf = Nodes.Children(node) == 0;
        child = leaf ? NodeTable.None : Nodes.OnlyChild(node);
        if (!leaf)
        {
            ToldSize told = Nodes.Told(child).With(Nodes, node, child);
            Nodes.RemoveChild(node, child);
            Nodes.AddChild(parent, child);
            Nodes.SetTold(child, told);
        }

        Nodes.RemoveChild(parent, node);
        return leaf;
    }

    private void SetSize(int node, in PoolChange change)
    {
        Nodes.SetCheckpoint(node, (change.Flags & PoolFlags.Checkpoint) != 0);
        int parent = Nodes.Parent(node);
        ToldSize above = Nodes.Told(parent);
        Nodes.SetTold(node, new(change.Tokens, change.Bytes, change.Flops, 0, 0));
        if (change.Bytes > 0 || above.PathBytes > 0)
        {
            Nodes.SetTold(node, Nodes.Told(node) with { PathBytes = Nodes.PathKvBytes(parent) + Nodes.KvBytes(node) });
        }

        if (change.Flops > 0 || above.PathFlops > 0)
        {
            Nodes.SetTold(node, Nodes.Told(node) with { PathFlops = Nodes.PathFlops(parent) + Nodes.FlopsSaved(node) });
        }
    }

    private void SetCandidate(int node, bool candidate)
    {
        if (Nodes.IsCandidate(node) == candidate)
        {
            return;
        }

        ref PoolEntry entry = ref _entries[node];
        if (candidate)
        {
            entry.Place = CandidateCount;
            _candidates[CandidateCount++] = node;
        }
        else
        {
            int last = _candidates[--CandidateCount];
            _candidates[entry.Place] = last;
            _entries[last].Place = entry.Place;
            entry.Place = -1;
        }

        Nodes.SetCandidate(node, candidate);
        Selector.SetCandidate(node, candidate);
    }

    private void Name(int slot, int node)
    {
        if (slot >= _nodeOf.Length)
        {
            int old = _nodeOf.Length;
            Array.Resize(ref _nodeOf, Math.Max(64, (int)Math.Min(Array.MaxLength, (long)BitOperations.RoundUpToPowerOf2((uint)slot + 1))));
            _nodeOf.AsSpan(old).Fill(NodeTable.None);
        }

        _nodeOf[slot] = node;
    }

    private void Grow()
    {
        if (_entries.Length < Nodes.Capacity)
        {
            Array.Resize(ref _entries, Nodes.Capacity);
            Array.Resize(ref _candidates, Nodes.Capacity);
            Selector.Grow(Nodes.Capacity);
        }
    }
}

/// <summary>A node that is out of the tree's links for a while.</summary>
/// <param name="Node">The node.</param>
/// <param name="Child">Its only child, which stands in its place; or none.</param>
/// <param name="ChildTold">What was told of that child.</param>
internal readonly record struct HiddenNode(int Node, int Child, ToldSize ChildTold);
