using System.Diagnostics;

namespace Squelch;

/// <content>Making room: victims, and the candidates that they come from.</content>
public partial class PrefixCache
{
    private bool MakeRoom(in CommitShape shape)
    {
        if (_admission.BlockPages == 0 && _nodes.CheckpointBytesEach + Options.Model.KvBytes(shape.Tokens) > Options.CapacityBytes)
        {
            return false;
        }

        long missing = Bytes + Need(shape) - Options.CapacityBytes;
        if (missing > 0)
        {
            _selector.Expect(missing);
        }

        while (Bytes + Need(shape) > Options.CapacityBytes)
        {
            LookupsBeforeEviction ??= Lookups;
            int victim = _selector.Select(Now);
            if (victim == NodeTable.None)
            {
                // The engine has used its hit: it may go where nothing else is left.
                victim = _protected;
                bool free = victim != NodeTable.None && !_nodes.IsRoot(victim) && _nodes.Leases(victim) == 0
                    && _nodes.Children(victim) <= (_nodes.HasCheckpoint(victim) ? _mostChildren : 0) && _admission.BlockPages == 0;
                if (!free)
                {
                    return false;
                }

                Protect(NodeTable.None);
            }

            Evict(victim);
            Protect(_position.Node);
        }

        return true;
    }

    private void Evict(int victim)
    {
        bool leaf = _nodes.Children(victim) == 0;
        _selector.Evicting(victim, Now);
        _onVictim?.Invoke(new VictimRecord(Lookups - 1, !leaf, Now, _nodes.DepthTokens(victim), _nodes.Tokens(victim), victim));
        if (leaf)
        {
            LeafEvictions++;
            Drop(victim);
        }
        else
        {
            JoinEvictions++;
            Join(victim);
        }
    }

    private void Drop(int leaf)
    {
        int parent = _nodes.Parent(leaf);
        SetCandidate(leaf, false);
        Act(StateActionKind.Free, _nodes.Handle(leaf), default, _nodes.Tokens(leaf));
        if (leaf == _position.Child)
        {
            _position = _position with { Child = NodeTable.None, ChildPages = 0 };
        }
        else if (leaf == _position.Node)
        {
            _position = new Position(parent, _position.NodePages - _nodes.Pages(leaf), NodeTable.None, 0);
        }

        _tree.DropLeaf(leaf);
        _selector.Remove(leaf);
        if (!_nodes.IsRoot(parent))
        {
            _selector.ChildrenChanged(parent);
        }

        Settle(parent);
    }

    private void Join(int node)
    {
        SetCandidate(node, false);
        int child = _nodes.OnlyChild(node);
        Act(StateActionKind.Join, _nodes.Handle(node), _nodes.Handle(child), _nodes.Tokens(node));
        if (node == _position.Node)
        {
            int pages = _nodes.Pages(node);
            _position = new Position(_nodes.Parent(node), _position.NodePages - pages, child, pages + _position.ChildPages);
        }
        else if (node == _position.Child)
        {
            _position = _position with { Child = child };
        }

        _tree.Join(node);
        _selector.Remove(node);
        _selector.EdgeChanged(child);
    }

    private void Protect(int node)
    {
        int before = _protected;
        if (before == node)
        {
            return;
        }

        _protected = node;
        if (before != NodeTable.None && _nodes.IsLive(before))
        {
            Settle(before);
        }

        if (node != NodeTable.None)
        {
            Settle(node);
        }
    }

    /// <summary>Brings a node whose children, leases or protection changed back in order: joined, a candidate, or not.</summary>
    private void Settle(int node)
    {
        Debug.Assert(_nodes.IsLive(node), "only live nodes are settled");
        if (_nodes.IsRoot(node))
        {
            long space = _nodes.Handle(node).Value;
            if (space != 0 && node != _commitRoot && _nodes.Children(node) == 0 && _nodes.Leases(node) == 0)
            {
                _tree.RemoveRoot(space);
            }

            return;
        }

        bool held = _nodes.Leases(node) > 0 || node == _protected;
        if (!held && !_nodes.HasCheckpoint(node) && _nodes.Children(node) == 1)
        {
            Join(node);
            return;
        }

        SetCandidate(node, !held && _nodes.Children(node) <= _mostChildren);
    }

    private void SetCandidate(int node, bool candidate)
    {
        if (_nodes.IsCandidate(node) != candidate)
        {
            _nodes.SetCandidate(node, candidate);
            _selector.SetCandidate(node, candidate);
        }
    }
}
