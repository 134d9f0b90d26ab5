using System.Diagnostics;

namespace Squelch;

/// <content>A commit: the sequence's place in the tree, room for it, and its nodes.</content>
public partial class PrefixCache
{
    private CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, ReadOnlySpan<StateHandle> states, bool simulated)
    {
        ref LeaseEntry entry = ref Open(lease, sequence, ref tokens);
        CommitShape shape = _admission.Shape(sequence.Length, tokens);
        Position position = Find(entry, sequence, shape.Pages);
        if (!simulated)
        {
            RefuseOtherHandles(_plan.Steps(position, shape).Length, states);
        }

        RequestHints hints = entry.Hints;
        Begin(lease, entry, position);
        bool admitted = Keep(sequence, shape, new Access(Now, hints), states);
        if (!admitted)
        {
            NotAdmitted++;
        }

        End();
        return new CommitResult(admitted, _evictable.Actions.All);
    }

    private static void RefuseOtherHandles(int planned, ReadOnlySpan<StateHandle> states)
    {
        if (planned != states.Length)
        {
            throw new ArgumentException($"The commit makes {planned} nodes but {states.Length} handles were given; ask Plan for the nodes right before Commit.", nameof(states));
        }
    }

    private ref LeaseEntry Open(in Lease lease, ReadOnlySpan<int> sequence, ref int tokens)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ref LeaseEntry entry = ref _leases.Get(lease);
        if (sequence.Length < entry.InputPages)
        {
            throw new ArgumentException(
                $"The sequence has {sequence.Length} pages but the lookup had {entry.InputPages}; commit the input and the output together.", nameof(sequence));
        }

        long most = (long)sequence.Length * _tree.PageTokens;
        if (tokens == 0)
        {
            tokens = checked((int)most);
        }

        if (tokens > most || (tokens <= most - _tree.PageTokens && tokens != 0))
        {
            throw new ArgumentException(
                $"{tokens} tokens do not fit {sequence.Length} pages of {_tree.PageTokens}: all pages but the last are full.", nameof(tokens));
        }

        return ref entry;
    }

    /// <summary>Continues the lookup's walk into the output; where the tree has changed, from the leased node.</summary>
    private Position Find(in LeaseEntry entry, ReadOnlySpan<int> sequence, int pages)
    {
        sequence = sequence[..pages];
        bool moved = entry.Version != _tree.Version || entry.End.Pages > pages;
        if (!moved)
        {
            return entry.End.Pages < entry.InputPages && !(_admission.BlockPages > 0 && entry.InputPages - entry.End.Pages < _admission.BlockPages)
                ? entry.End
                : _tree.Walk(entry.End, sequence);
        }

        int root = _tree.Root(entry.Space);
        bool restart = entry.HitPages < 0 || entry.HitPages > pages;
        return _tree.Walk(restart ? new Position(root, 0, NodeTable.None, 0) : new Position(entry.HitNode, entry.HitPages, NodeTable.None, 0), sequence);
    }

    /// <summary>Ends the lease, and holds the place where the sequence leaves the tree instead of the node that the lookup hit.</summary>
    private void Begin(in Lease lease, in LeaseEntry entry, in Position position)
    {
        int held = entry.HitNode;
        _evictable.Cursor.Start(_tree.Root(entry.Space), position);
        _evictable.Actions.Clear();
        _leases.Close(lease);
        _nodes.AddLease(held, -1);
        Tick();
        _evictable.Protect(position.Node);
        if (held != position.Node)
        {
            _evictable.Settle(held);
        }
    }

    private void End()
    {
        _evictable.Protect(NodeTable.None);
        int root = _evictable.Cursor.Root;
        _evictable.Cursor.End();
        _evictable.Settle(root);
        PeakBytes = Math.Max(PeakBytes, Bytes);
        Debug.Assert(Bytes <= Options.CapacityBytes, "the budget holds at every return");
    }

    /// <summary>Makes room, and the nodes.</summary>
    /// <returns>False where not all of the sequence found room.</returns>
    private bool Keep(ReadOnlySpan<int> sequence, CommitShape shape, Access access, ReadOnlySpan<StateHandle> states)
    {
        access = Named(access, sequence[..shape.Pages]);
        if (_selector.RemembersKeys && _evictable.Cursor.Position.Pages < shape.Pages)
        {
            _selector.Arrive(access);
        }

        bool fits = MakeRoom(shape);
        if (!fits && _admission.BlockPages > 0)
        {
            long blockBytes = _nodes.CheckpointBytesEach + Options.Model.KvBytes((long)_admission.BlockPages * _tree.PageTokens);
            shape = _admission.LeadingBlocks(shape, _evictable.Cursor.Position, (Options.CapacityBytes - Bytes) / blockBytes);
            access = Named(access, sequence[..shape.Pages]);
        }

        int made = fits || _admission.BlockPages > 0 ? MakeNodes(sequence, shape, access, states) : 0;
        for (; made < states.Length; made++)
        {
            _evictable.Actions.Add(StateActionKind.Decline, states[made]);
        }

        return fits;
    }

    /// <returns>How many nodes were made.</returns>
    private int MakeNodes(ReadOnlySpan<int> sequence, in CommitShape shape, in Access access, ReadOnlySpan<StateHandle> states)
    {
        Position position = _evictable.Cursor.Position;
        if (_touchPath)
        {
            for (int node = position.Node; !_nodes.IsRoot(node); node = _nodes.Parent(node))
            {
                _selector.Touch(node, access);
            }
        }

        int parent = position.Node;
        int from = position.NodePages;
        ReadOnlySpan<CommitStep> steps = _plan.Steps(position, shape);
        for (int made = 0; made < steps.Length; made++)
        {
            (int end, PlannedNode plan) = steps[made];
            StateHandle handle = made < states.Length ? states[made] : default;
            Access named = end == shape.Pages ? access : Named(access, sequence[..end]);
            parent = end <= position.Pages
                ? _evictable.Split(position.Child, end - from, plan, handle, named)
                : _evictable.AddLeaf(parent, sequence[from..end], plan, handle, named);
            from = end;
        }

        return steps.Length;
    }

    /// <summary>The access under the key of a path, where the selector remembers keys.</summary>
    private Access Named(in Access access, ReadOnlySpan<int> path)
        => _selector.RemembersKeys ? access with { Key = PathKey.Of(_nodes.Space(_evictable.Cursor.Root), path) } : access;
}
