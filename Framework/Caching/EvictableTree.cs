using System.Diagnostics;

namespace Squelch;

/// <summary>
/// The prefix tree and the selector that chooses among its nodes, kept in step: each change of the tree is told to the selector, becomes an action
/// for the engine and moves the commit under way. It knows no budget.
/// </summary>
internal sealed class EvictableTree(PrefixTree tree, IVictimSelector selector, Candidates candidates)
{
    private readonly NodeTable _nodes = tree.Nodes;
    private int _selectorCapacity;

    /// <summary>The commit under way.</summary>
    public CommitCursor Cursor { get; } = new(tree.Nodes);

    /// <summary>What the engine has to do after this commit.</summary>
    public StateActions Actions { get; } = new();

    /// <summary>The node that the commit under way stands on, or <see cref="NodeTable.None"/>: no candidate meanwhile.</summary>
    public int Protected { get; private set; } = NodeTable.None;

    /// <summary>
    /// True where a node that is held by nobody but the commit under way could go. Not with a child: its edge would be cut again at the same place, by a
    /// node for which the engine has no states.
    /// </summary>
    public bool CouldGo(int node)
        => !_nodes.IsRoot(node) && _nodes.Leases(node) == 0 && _nodes.Children(node) == 0;

    /// <summary>Holds a node in place, and lets the one before go.</summary>
    public void Protect(int node)
    {
        int before = Protected;
        if (before == node)
        {
            return;
        }

        Protected = node;
        if (before != NodeTable.None && _nodes.IsLive(before))
        {
            Settle(before);
        }

        if (node != NodeTable.None)
        {
            Settle(node);
        }
    }

    /// <summary>A new leaf under <paramref name="parent"/>, with these pages on its edge.</summary>
    public int AddLeaf(int parent, ReadOnlySpan<int> pages, in PlannedNode plan, StateHandle handle, in Access access)
    {
        int leaf = tree.AddLeaf(parent, pages, plan.Tokens);
        Enter(leaf, plan, handle, access);
        AddBytesBelow(leaf, _nodes.BytesHeld(leaf));
        if (!_nodes.IsRoot(parent))
        {
            selector.ChildrenChanged(parent);
            Settle(parent);
        }

        Settle(leaf);
        return leaf;
    }

    /// <summary>A new node that takes the first pages of another's edge and becomes its parent.</summary>
    public int Split(int node, int pages, in PlannedNode plan, StateHandle handle, in Access access)
    {
        int upper = tree.Split(node, pages, plan.Tokens);
        _nodes.TakeOverSubtree(upper, node);
        Enter(upper, plan, handle, access);
        AddBytesBelow(upper, _nodes.CheckpointBytes(upper));
        selector.Split(upper, node);
        selector.EdgeChanged(node);
        if (plan.Checkpoint && !_nodes.HasCheckpoint(node))
        {
            NodesBelow.Tell(_nodes, selector, node);
        }

        Actions.Add(StateActionKind.Split, _nodes.Handle(node), _nodes.Handle(upper), _nodes.Tokens(upper));

        // Without a checkpoint the node is waiting for its second child and must not be joined back before.
        if (plan.Checkpoint)
        {
            Settle(upper);
        }

        Settle(node);
        return upper;
    }

    /// <summary>Gives a leaf another number of tokens, with the same pages.</summary>
    public void Resize(int leaf, int endTokens)
    {
        AddBytesBelow(leaf, _nodes.Model.KvBytes(endTokens - _nodes.DepthTokens(leaf)));
        tree.Resize(leaf, endTokens);
        selector.EdgeChanged(leaf);
    }

    /// <summary>Gives a key another cost; not a number keeps what is known.</summary>
    public void SetCost(int node, double cost)
    {
        if (_nodes.SetCost(node, cost))
        {
            selector.EdgeChanged(node);
        }
    }

    /// <summary>Takes a leaf out, with its states.</summary>
    public void Drop(int leaf)
    {
        int parent = _nodes.Parent(leaf);
        SetCandidate(leaf, false);
        Actions.Add(StateActionKind.Free, _nodes.Handle(leaf), default, _nodes.Tokens(leaf));
        Cursor.Dropping(leaf);
        AddBytesBelow(leaf, -_nodes.BytesHeld(leaf));
        tree.DropLeaf(leaf);
        selector.Remove(leaf);
        if (!_nodes.IsRoot(parent))
        {
            selector.ChildrenChanged(parent);
        }

        Settle(parent);
    }

    /// <summary>Takes out a node with one child, and its checkpoint; its KV goes to the child.</summary>
    public void Join(int node)
    {
        SetCandidate(node, false);
        int child = _nodes.OnlyChild(node);
        Actions.Add(StateActionKind.Join, _nodes.Handle(node), _nodes.Handle(child), _nodes.Tokens(node));
        Cursor.Joining(node, child);
        AddBytesBelow(node, -_nodes.CheckpointBytes(node));
        bool hadCheckpoint = _nodes.HasCheckpoint(node);
        if (_nodes.KeepsSubtrees)
        {
            _nodes.AddSubtreeBytes(child, _nodes.KvBytes(node));
        }

        tree.Join(node);
        selector.Remove(node);
        selector.EdgeChanged(child);
        if (hadCheckpoint && !_nodes.HasCheckpoint(child))
        {
            NodesBelow.Tell(_nodes, selector, child);
        }
    }

    /// <summary>Takes the last pages of a leaf; <see cref="Trimmed"/> has to follow, once for several in a row.</summary>
    public void Trim(int leaf)
    {
        int tail = _nodes.TailTokens(leaf);
        Actions.Add(StateActionKind.Trim, _nodes.Handle(leaf), default, tail);
        AddBytesBelow(leaf, -_nodes.Model.KvBytes(tail));
        tree.Trim(leaf);
    }

    /// <summary>The last pages of a leaf are taken.</summary>
    public void Trimmed(int leaf)
    {
        tree.CutTail(leaf);
        Cursor.Trimmed(leaf);
        selector.EdgeChanged(leaf);
    }

    /// <summary>Takes the checkpoint of a node with several children, which stays as the place where they part.</summary>
    public void DropCheckpoint(int node)
    {
        SetCandidate(node, false);
        Actions.Add(StateActionKind.FreeCheckpoint, _nodes.Handle(node), default, 0);
        AddBytesBelow(node, -_nodes.CheckpointBytes(node));
        tree.RemoveCheckpoint(node);
        selector.EdgeChanged(node);
        NodesBelow.Tell(_nodes, selector, node);
    }

    /// <summary>Puts a checkpoint where a node has lost its own. The node's KV goes to the new handle, as that of a joined node would.</summary>
    public void Restore(int node, StateHandle handle, in Access access)
    {
        Actions.Add(StateActionKind.Join, _nodes.Handle(node), handle, _nodes.Tokens(node));
        _nodes.SetHandle(node, handle);
        tree.SetCheckpoint(node);
        AddBytesBelow(node, _nodes.CheckpointBytes(node));
        selector.EdgeChanged(node);
        selector.Touch(node, access);
        NodesBelow.Tell(_nodes, selector, node);
        Settle(node);
    }

    /// <summary>Counts a request for a node and all above it that end past so many tokens, where anybody reads that.</summary>
    public void CountUse(int node, int pastTokens)
    {
        long below = 0;
        for (; _nodes.KeepsSubtrees && !_nodes.IsRoot(node); node = _nodes.Parent(node))
        {
            // What others have made since, above there, does not have this request yet.
            if (_nodes.DepthTokens(node) <= pastTokens && _nodes.SubtreeHits(node) >= below)
            {
                return;
            }

            _nodes.AddSubtreeHit(node);
            below = _nodes.SubtreeHits(node);
            selector.ChildrenChanged(node);
        }
    }

    /// <summary>Brings a node whose children, leases or protection changed back in order: joined, a candidate, or not.</summary>
    public void Settle(int node)
    {
        Debug.Assert(_nodes.IsLive(node), "only live nodes are settled");
        if (_nodes.IsRoot(node))
        {
            SettleRoot(node);
            return;
        }

        bool held = _nodes.Leases(node) > 0 || node == Protected;
        if (!held && !_nodes.HasCheckpoint(node) && _nodes.Children(node) == 1)
        {
            Join(node);
            return;
        }

        SetCandidate(node, !held && MayGo(node));
    }

    private bool MayGo(int node) => candidates switch
    {
        _ when _nodes.Children(node) == 0 => true,
        Candidates.AtMostOneChild => _nodes.Children(node) == 1,
        Candidates.Checkpoints => _nodes.CheckpointBytes(node) > 0,
        _ => false,
    };

    /// <summary>The bytes of a node have changed, and so those of it and all below for it and each above.</summary>
    private void AddBytesBelow(int node, long bytes)
    {
        for (; _nodes.KeepsSubtrees && bytes != 0 && !_nodes.IsRoot(node); node = _nodes.Parent(node))
        {
            _nodes.AddSubtreeBytes(node, bytes);
            selector.ChildrenChanged(node);
        }
    }

    private void SettleRoot(int root)
    {
        long space = _nodes.Space(root);
        if (space != 0 && root != Cursor.Root && _nodes.Children(root) == 0 && _nodes.Leases(root) == 0)
        {
            tree.RemoveRoot(space);
        }
    }

    private void SetCandidate(int node, bool candidate)
    {
        if (_nodes.IsCandidate(node) != candidate)
        {
            _nodes.SetCandidate(node, candidate);
            selector.SetCandidate(node, candidate);
        }
    }

    private void Enter(int node, in PlannedNode plan, StateHandle handle, in Access access)
    {
        if (plan.Checkpoint)
        {
            tree.SetCheckpoint(node);
        }

        _nodes.SetHandle(node, handle);
        _nodes.SetCost(node, access.Hints.Cost);
        if (_selectorCapacity < _nodes.Capacity)
        {
            _selectorCapacity = _nodes.Capacity;
            selector.Grow(_selectorCapacity);
        }

        selector.Insert(node, access);
    }
}
