using System.Diagnostics;

namespace Squelch;

/// <summary>
/// The prefix tree and the selector that chooses among its nodes, kept in step: each change of the tree is told to the selector, becomes an action
/// for the engine and moves the commit under way. It knows no budget.
/// </summary>
internal sealed class EvictableTree(PrefixTree tree, IVictimSelector selector, Candidates candidates)
{
    private readonly NodeTable _nodes = tree.Nodes;
    private readonly int _mostChildren = candidates == Candidates.Leaves ? 0 : 1;
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
        Enter(upper, plan, handle, access);
        selector.Split(upper, node);
        selector.EdgeChanged(node);
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
        tree.Join(node);
        selector.Remove(node);
        selector.EdgeChanged(child);
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

        SetCandidate(node, !held && _nodes.Children(node) <= _mostChildren);
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
