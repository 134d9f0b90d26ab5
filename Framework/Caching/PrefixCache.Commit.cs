using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Squelch;

/// <content>A commit: the sequence's place in the tree, room for it, and its nodes.</content>
public partial class PrefixCache
{
    private CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, ReadOnlySpan<StateHandle> states, bool simulated)
    {
        Enter();
        try
        {
            _evictable.Actions.Clear();
            ref LeaseEntry entry = ref Open(lease, sequence, ref tokens);
            CommitShape whole = _admission.Shape(sequence.Length, tokens);
            CommitShape shape = Fitting(whole);
            Position position = Find(entry, sequence, shape.Pages);
            int planned = _plan.Steps(position, shape, Request(entry)).Length;
            if (!simulated && planned != states.Length)
            {
                throw new ArgumentException($"The commit makes {planned} nodes but {states.Length} handles were given; ask Plan for the nodes right before Commit.", nameof(states));
            }

            LearnLag(position, shape);
            Record(entry, sequence, tokens);
            RequestHints hints = entry.Hints;
            Tick();
            Begin(lease, entry, position);
            bool admitted = Keep(sequence, shape, new Access(Now, hints), states) && shape == whole;
            if (!admitted)
            {
                NotAdmitted++;
            }

            End();
            Interlocked.Exchange(ref _thrown, null)?.Throw();
            return new CommitResult(admitted, LastActions);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Of a sequence that is larger than the cache the beginning, where the policy keeps that.</summary>
    private CommitShape Fitting(in CommitShape shape)
    {
        if (!Descriptor.Admission.KeepsBeginnings || !_hitsAnywhere || Options.Model == ModelShape.Keys || Options.Model.KvBytes(shape.Tokens) <= Options.CapacityBytes)
        {
            return shape;
        }

        int pages = (int)(Options.CapacityBytes / Options.Model.KvBytes(Options.PageTokens));
        return _admission.Shape(pages, pages * Options.PageTokens);
    }

    /// <summary>Tells the tuner, which may have chosen by then.</summary>
    private void Record(in LeaseEntry entry, ReadOnlySpan<int> sequence, int tokens)
    {
        if (Tuner is null)
        {
            return;
        }

        var request = new RecordedRequest
        {
            Pages = sequence.Length,
            InputPages = entry.InputPages,
            InputTokens = InputTokens(entry),
            Tokens = tokens,
            Time = Now,
            Space = entry.Space,
            Hints = entry.Hints,
        };
        if (Tuner.Observe(request, sequence, Lookups, LookupsBeforeEviction, out ReadOnlySpan<double> tunables))
        {
            Retune(tunables);
        }
    }

    private int InputTokens(in LeaseEntry entry) => entry.InputTokens > 0 ? entry.InputTokens : entry.InputPages * _tree.PageTokens;

    /// <summary>What a formula of checkpoints is told of a request. What its lookup refused stays refused: the engine has captured nothing there.</summary>
    private CheckpointRequest Request(in LeaseEntry entry)
        => new(entry.Hints, Now, InputTokens(entry), entry.RefusesBranch ? entry.End.Pages : 0);

    /// <summary>
    /// Tells how many tokens before its end a former sequence is left, where that is known: where one path leads on from there, and to a leaf. A sequence that goes on at the end of
    /// another leaves it at 0.
    /// </summary>
    private void LearnLag(in Position position, in CommitShape shape)
    {
        if (Choice.Lag is null || position.Pages >= shape.Pages || position.Pages == 0)
        {
            return;
        }

        int last = position.Child != NodeTable.None ? position.Child : position.Node;
        while (_nodes.Children(last) == 1)
        {
            last = _nodes.OnlyChild(last);
        }

        if (_nodes.Children(last) == 0)
        {
            int left = _nodes.DepthTokens(position.Node) + (position.ChildPages * _tree.PageTokens);
            Choice.Lag.Observe(Math.Max(0, _nodes.DepthTokens(last) - left));
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

        if (Options.ChecksCommits && HashMix.Of(sequence[..entry.InputPages]) != entry.InputHash)
        {
            throw new ArgumentException(
                $"The sequence does not begin with the {entry.InputPages} pages that were looked up: it would be found as a hit that was never computed. Commit the looked-up input, then the output.", nameof(sequence));
        }

        CheckIsKey(entry.Hints, sequence.Length);
        long most = (long)sequence.Length * _tree.PageTokens;
        if (tokens == 0)
        {
            tokens = checked((int)most);
        }

        if (tokens < 0 || tokens > most || (tokens <= most - _tree.PageTokens && tokens != 0))
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
        _evictable.Cursor.Start(_tree.Root(entry.Space), position, entry.UsedTokens);
        _leases.Close(lease);
        _nodes.AddLease(held, -1);
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

    /// <summary>Makes room, and the nodes. What a callback or a selector throws is kept until the commit is whole.</summary>
    /// <returns>False where not all of the sequence found room.</returns>
    private bool Keep(ReadOnlySpan<int> sequence, CommitShape shape, Access access, ReadOnlySpan<StateHandle> states)
    {
        bool fits = false;
        int taken = 0;
        try
        {
            access = Named(access, sequence[..shape.Pages]);
            if (_selector.RemembersKeys && _evictable.Cursor.Position.Pages < shape.Pages)
            {
                _selector.Arrive(access);
            }

            int resized = Resized(shape);
            fits = MakeRoom(shape);
            if (!fits && _admission.BlockPages > 0)
            {
                shape = _plan.Leading(_evictable.Cursor.Position, shape, Options.CapacityBytes - Bytes);
                access = Named(access, sequence[..shape.Pages]);
            }

            if (resized != NodeTable.None)
            {
                fits = Resize(resized, shape.Tokens, fits);
            }
            else if (fits || _admission.BlockPages > 0)
            {
                MakeNodes(sequence, shape, access, states, ref taken);
            }
        }
        catch (Exception exception)
        {
            _thrown ??= ExceptionDispatchInfo.Capture(exception);
        }

        Decline(states, taken);
        return fits && _thrown is null;
    }

    /// <summary>Makes the planned nodes; <paramref name="taken"/> counts the steps that are done with, made or left out.</summary>
    private void MakeNodes(ReadOnlySpan<int> sequence, in CommitShape shape, in Access access, ReadOnlySpan<StateHandle> states, ref int taken)
    {
        Position position = _evictable.Cursor.Position;
        TouchPath(position.Node, access);
        int parent = position.Node;
        int above = parent;
        int from = position.NodePages;
        Access made = access with
        {
            Parent = _nodes.IsRoot(parent) ? null : parent,
            Continues = position.Child == NodeTable.None && !_nodes.IsRoot(parent) && _nodes.Children(parent) == 0,
        };
        foreach (CommitStep step in _plan.Planned)
        {
            if (step.Pages > shape.Pages)
            {
                break;
            }

            StateHandle handle = taken < states.Length ? states[taken] : default;
            taken++;
            bool restores = _plan.Restores(step, position);
            if (!_plan.Remains(step, position, shape) || (restores && Bytes + _nodes.CheckpointBytesEach > Options.CapacityBytes))
            {
                if (states.Length > 0)
                {
                    _evictable.Actions.Add(StateActionKind.Decline, handle);
                }

                continue;
            }

            if (restores)
            {
                _evictable.Restore(parent, handle, access);
                continue;
            }

            Access named = step.Pages == shape.Pages ? made : Named(made, sequence[..step.Pages]);
            if (step.IsCut && position.Child != NodeTable.None)
            {
                parent = above = _evictable.Split(position.Child, step.Pages - from, step.Node, handle, named);
            }
            else
            {
                parent = _evictable.AddLeaf(parent, sequence[from..step.Pages], step.Node, handle, named);
            }

            from = step.Pages;
        }

        // What is new has a use already; what is above it has one more, unless the lookup has counted it.
        _evictable.CountUse(above, _evictable.Cursor.UsedTokens);
    }

    private void TouchPath(int node, in Access access)
    {
        for (; _touchPath && !_nodes.IsRoot(node); node = _nodes.Parent(node))
        {
            _selector.Touch(node, access);
        }
    }

    /// <summary>Gives back the handles of the steps that were not taken.</summary>
    private void Decline(ReadOnlySpan<StateHandle> states, int taken)
    {
        for (; taken < states.Length; taken++)
        {
            _evictable.Actions.Add(StateActionKind.Decline, states[taken]);
        }
    }

    /// <summary>
    /// The leaf that is the whole sequence already, with another number of tokens on its last page: a block of a trace, or a key, whose size has changed.
    /// <see cref="NodeTable.None"/> for all others.
    /// </summary>
    private int Resized(in CommitShape shape)
    {
        Position position = _evictable.Cursor.Position;
        return position.Child == NodeTable.None && position.Pages == shape.Pages && !_nodes.IsRoot(position.Node)
            && _nodes.DepthTokens(position.Node) != shape.Tokens && _nodes.Children(position.Node) == 0 && _nodes.Leases(position.Node) == 0
                ? position.Node
                : NodeTable.None;
    }

    /// <summary>Gives the leaf its new number of tokens, or drops it where there is no room for them.</summary>
    /// <returns>True where it stays.</returns>
    private bool Resize(int leaf, int tokens, bool fits)
    {
        bool stays = _evictable.Cursor.Position.Node == leaf;
        if (stays && fits)
        {
            _evictable.Resize(leaf, tokens);
            return true;
        }

        if (stays)
        {
            Evict(leaf);
        }

        return false;
    }

    /// <summary>The access under the key of a path, where the selector remembers keys.</summary>
    private Access Named(in Access access, ReadOnlySpan<int> path)
        => _selector.RemembersKeys ? access with { Key = PathKey.Of(_nodes.Space(_evictable.Cursor.Root), path) } : access;
}
