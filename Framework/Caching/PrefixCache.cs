using System.Diagnostics;

namespace Squelch;

/// <summary>
/// A prefix cache for one model: Lookup gives a lease, Commit or Abandon ends it. The engine keeps the states; the cache keeps the tree, chooses
/// victims and says which handles to free, join or split. One caller at a time: see <see cref="SynchronizedPrefixCache"/>.
/// After warm-up no member allocates.
/// </summary>
public partial class PrefixCache : IDisposable
{
    private readonly PrefixTree _tree;
    private readonly NodeTable _nodes;
    private readonly LeaseTable _leases = new();
    private readonly Admission _admission;
    private readonly Func<long>? _clock;
    private readonly Action<VictimRecord>? _onVictim;
    private readonly int _mostChildren;
    private readonly bool _touchPath;
    private readonly bool _hitsAnywhere;
    private readonly IVictimSelector _selector;
    private StateAction[] _actions = new StateAction[16];
    private int _actionCount;
    private PlannedNode[] _planned = new PlannedNode[16];
    private int _selectorCapacity;
    private int _protected = NodeTable.None;
    private int _commitRoot = NodeTable.None;
    private Position _position;
    private bool _disposed;

    /// <summary>A cache under any selector: a policy's, or one made by hand.</summary>
    /// <param name="descriptor">Says which nodes are candidates, which an access refreshes, and which checkpoints are kept.</param>
    /// <param name="options">Budget, model, clock.</param>
    /// <param name="createSelector">Takes the nodes and the seed of <c>draw</c>, as <see cref="IEvictionPolicy{TSelf}.CreateSelector"/> does.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is smaller than one checkpoint and one token.</exception>
    public PrefixCache(PolicyDescriptor descriptor, PrefixCacheOptions options, Func<NodeTable, ulong, IVictimSelector> createSelector)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(createSelector);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PageTokens, 1, nameof(options));
        long least = options.Model.CheckpointBytes + options.Model.KvBytes(1);
        if (options.CapacityBytes < least)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.CapacityBytes,
                $"A cache of {options.CapacityBytes:N0} bytes cannot hold one checkpoint and one token of {options.Model.Name}; it needs at least {least:N0} bytes.");
        }

        Descriptor = descriptor;
        Options = options;
        _admission = new Admission(descriptor.Admission, options.PageTokens);
        _tree = new PrefixTree(options.Model, options.PageTokens, _admission.BlockPages);
        _nodes = _tree.Nodes;
        _clock = options.Clock;
        _onVictim = options.OnVictim;
        _mostChildren = descriptor.Candidates == Candidates.Leaves ? 0 : 1;
        _touchPath = descriptor.Touch == Touch.Path;
        _hitsAnywhere = options.Model.CheckpointBytes == 0;
        IVictimSelector selector = createSelector(_nodes, options.Seed);
        if (selector is IPredictedSelector predicted)
        {
            predicted.Predictor = options.Predictor;
        }

        if (selector is IContentsPredictedSelector follower)
        {
            follower.Contents = options.Contents;
        }

        _selector = options.Accelerate is null ? selector : options.Accelerate(selector);
    }

    /// <summary>What is known of the policy.</summary>
    public PolicyDescriptor Descriptor { get; }

    /// <summary>How the cache was set up.</summary>
    public PrefixCacheOptions Options { get; }

    /// <summary>The clock: logical ticks, or the caller's.</summary>
    public long Now { get; private set; }

    /// <summary>Lookups so far.</summary>
    public int Lookups { get; private set; }

    /// <summary>Lookups there had been when room had to be made for the first time, or null.</summary>
    public int? LookupsBeforeEviction { get; private set; }

    /// <summary>Checkpoints held.</summary>
    public int Checkpoints => _tree.Checkpoints;

    /// <summary>Tokens of KV held.</summary>
    public long KvTokens => _tree.KvTokens;

    /// <summary>Nodes, roots left out.</summary>
    public int NodeCount => _tree.NodeCount;

    /// <summary>Open leases.</summary>
    public int OpenLeases => _leases.Count;

    /// <summary>Bytes held of the budget.</summary>
    public long Bytes => (Checkpoints * _nodes.CheckpointBytesEach) + Options.Model.KvBytes(KvTokens);

    /// <summary>Most bytes held at any return.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Leaves evicted.</summary>
    public int LeafEvictions { get; private set; }

    /// <summary>Single-child nodes evicted.</summary>
    public int JoinEvictions { get; private set; }

    /// <summary>Commits that were not, or not wholly, admitted.</summary>
    public int NotAdmitted { get; private set; }

    /// <summary>Bytes of the tree's own columns and tables, pages and the policy's columns left out.</summary>
    public long StructureBytes => _tree.StructureBytes;

    /// <summary>The nodes, for readers.</summary>
    public NodeTable Nodes => _nodes;

    /// <summary>Chooses the victims.</summary>
    public IVictimSelector Selector => _selector;

    internal PrefixTree Tree => _tree;

    /// <summary>The longest reusable prefix of a request, held in place until the lease ends.</summary>
    /// <param name="input">Input pages: token ids, or block ids.</param>
    /// <param name="space">Namespace (tenant, adapter, salt): no hit crosses it.</param>
    /// <param name="hints">The engine's hints.</param>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    public Lease Lookup(ReadOnlySpan<int> input, long space = 0, RequestHints? hints = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Tick();
        Lookups++;
        int root = _tree.Root(space);
        if (_nodes.Handle(root).Value != space)
        {
            _nodes.SetHandle(root, new StateHandle(space));
        }

        Position end = _tree.Walk(new Position(root, 0, NodeTable.None, 0), input);
        RequestHints known = hints ?? new RequestHints(0);
        int hit = end.Node;
        int hitPages = end.NodePages;
        if (!_hitsAnywhere)
        {
            while (hit != root && !_nodes.HasCheckpoint(hit))
            {
                hitPages -= _nodes.Pages(hit);
                hit = _nodes.Parent(hit);
            }
        }

        int hitTokens = _nodes.DepthTokens(hit);
        int leased = hit;
        if (_hitsAnywhere && end.Child != NodeTable.None)
        {
            leased = end.Child;
            hitTokens = Math.Min(_nodes.DepthTokens(end.Child), hitTokens + (end.ChildPages * _tree.PageTokens));
        }

        var access = known.At(Now);
        if (_touchPath)
        {
            for (int node = end.Node; node != root; node = _nodes.Parent(node))
            {
                _selector.Hit(node, access);
            }

            if (end.Child != NodeTable.None)
            {
                _selector.Touch(end.Child, access);
            }
        }
        else if (leased != root)
        {
            _selector.Hit(leased, access);
        }

        _nodes.AddLease(leased, 1);
        Settle(leased);
        int branch = end.Child == NodeTable.None ? 0 : _admission.BranchTokens(end, _nodes.DepthTokens(end.Node));
        return _leases.Open(
            new LeaseEntry
            {
                HitNode = leased,
                HitPages = leased == hit ? hitPages : -1,
                InputPages = input.Length,
                Space = space,
                Version = _tree.Version,
                End = end,
                Hints = known,
            },
            hitTokens,
            branch);
    }

    /// <summary>The nodes that a commit of this sequence would make now, shallowest first; valid until the next call.</summary>
    /// <inheritdoc cref="Commit(in Lease, ReadOnlySpan{int}, int)"/>
    public ReadOnlySpan<PlannedNode> Plan(in Lease lease, ReadOnlySpan<int> sequence, int tokens = 0)
    {
        ref LeaseEntry entry = ref Open(lease, sequence, ref tokens);
        CommitShape shape = _admission.Shape(sequence.Length, tokens);
        Position position = Find(entry, sequence, shape.Pages);
        return PlanNodes(position, shape);
    }

    /// <summary>Keeps a finished request's states, evicting what is least worth keeping. Ends the lease.</summary>
    /// <param name="lease">The lease of the request's lookup.</param>
    /// <param name="sequence">Input and output pages; begins with the input that was looked up.</param>
    /// <param name="tokens">Tokens of the sequence where its last page is partial; 0 where all pages are full.</param>
    /// <exception cref="InvalidOperationException">The lease has ended, or belongs to another cache. Nothing has changed.</exception>
    /// <exception cref="ArgumentException">The sequence does not fit the lease. Nothing has changed, the lease is open.</exception>
    public CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens = 0) => Commit(lease, sequence, tokens, [], simulated: true);

    /// <summary>Keeps a finished request's states under the engine's handles. Ends the lease.</summary>
    /// <inheritdoc cref="Commit(in Lease, ReadOnlySpan{int}, int)"/>
    /// <param name="lease">The lease of the request's lookup.</param>
    /// <param name="sequence">Input and output pages.</param>
    /// <param name="tokens">Tokens of the sequence, or 0.</param>
    /// <param name="states">One handle per node of <see cref="Plan"/>, in its order.</param>
    public CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, ReadOnlySpan<StateHandle> states)
        => Commit(lease, sequence, tokens, states, simulated: false);

    /// <summary>Ends a lease without keeping anything.</summary>
    /// <exception cref="InvalidOperationException">The lease has ended, or belongs to another cache.</exception>
    public void Abandon(in Lease lease)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int node = _leases.Get(lease).HitNode;
        _leases.Close(lease);
        _nodes.AddLease(node, -1);
        Settle(node);
    }

    /// <summary>Refuses all later calls. The engine keeps or releases its states itself.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            (_selector as IDisposable)?.Dispose();
        }

        _disposed = true;
        GC.SuppressFinalize(this);
    }

    private CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, ReadOnlySpan<StateHandle> states, bool simulated)
    {
        ref LeaseEntry entry = ref Open(lease, sequence, ref tokens);
        CommitShape shape = _admission.Shape(sequence.Length, tokens);
        Position position = Find(entry, sequence, shape.Pages);
        if (!simulated)
        {
            int planned = PlanNodes(position, shape).Length;
            if (planned != states.Length)
            {
                throw new ArgumentException($"The commit makes {planned} nodes but {states.Length} handles were given; ask Plan for the nodes right before Commit.", nameof(states));
            }
        }

        RequestHints hints = entry.Hints;
        int held = entry.HitNode;
        _commitRoot = _tree.Root(entry.Space);
        _leases.Close(lease);
        _nodes.AddLease(held, -1);
        Tick();
        _actionCount = 0;
        _position = position;
        Protect(_position.Node);
        if (held != _position.Node)
        {
            Settle(held);
        }

        var access = hints.At(Now);
        bool admitted = true;
        if (_position.Pages <= shape.Pages)
        {
            if (_selector.RemembersKeys && _position.Pages < shape.Pages)
            {
                access = access with { Key = PathKey.Of(entry.Space, sequence[..shape.Pages]) };
                _selector.Arrive(access);
            }

            admitted = MakeRoom(shape);
            if (!admitted && _admission.BlockPages > 0)
            {
                shape = _admission.LeadingBlocks(shape, _position, (Options.CapacityBytes - Bytes) / BlockBytes);
            }

            if (admitted || _admission.BlockPages > 0)
            {
                Apply(sequence, shape, access, states);
            }
        }

        if (!admitted)
        {
            NotAdmitted++;
            if (_admission.BlockPages == 0)
            {
                foreach (StateHandle state in states)
                {
                    Act(StateActionKind.Decline, state, default, 0);
                }
            }
        }

        Protect(NodeTable.None);
        int root = _commitRoot;
        _commitRoot = NodeTable.None;
        Settle(root);
        PeakBytes = Math.Max(PeakBytes, Bytes);
        Debug.Assert(Bytes <= Options.CapacityBytes, "the budget holds at every return");
        return new CommitResult(admitted, _actions.AsSpan(0, _actionCount));
    }

    private long BlockBytes => _nodes.CheckpointBytesEach + Options.Model.KvBytes((long)_admission.BlockPages * _tree.PageTokens);

    private void Tick() => Now = _clock is null ? Now + 1 : Math.Max(Now, _clock());

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

    private long Need(in CommitShape shape)
    {
        int newPages = Math.Max(0, shape.Pages - _position.Pages);
        long newTokens = newPages == 0 ? 0 : shape.Tokens - ((long)_position.Pages * _tree.PageTokens);
        return (_admission.NewCheckpoints(_position, shape) * _nodes.CheckpointBytesEach) + Options.Model.KvBytes(newTokens);
    }

    private ReadOnlySpan<PlannedNode> PlanNodes(Position position, CommitShape shape)
    {
        int count = 0;
        int depth = _nodes.DepthTokens(position.Node);
        int from = position.Pages;
        if (position.Child != NodeTable.None)
        {
            int aligned = _admission.AlignedBranch(position, shape);
            if (aligned > position.NodePages && aligned < from)
            {
                Add(new PlannedNode(EndTokens(position, depth, aligned, shape), true));
            }

            if (_admission.Splits(position, shape))
            {
                Add(new PlannedNode(EndTokens(position, depth, from, shape), _admission.SplitCheckpoint(position, shape)));
            }
        }

        while (from < shape.Pages)
        {
            from = _admission.NextEnd(from, shape);
            Add(new PlannedNode(EndTokens(position, depth, from, shape), _admission.EndCheckpoint(from)));
        }

        return _planned.AsSpan(0, count);

        void Add(PlannedNode node)
        {
            if (count == _planned.Length)
            {
                Array.Resize(ref _planned, count * 2);
            }

            _planned[count++] = node;
        }
    }

    private int EndTokens(in Position position, int depth, int pages, in CommitShape shape)
    {
        int tokens = pages == shape.Pages ? shape.Tokens : pages * _tree.PageTokens;
        int end = depth + tokens - (position.NodePages * _tree.PageTokens);

        // Block traces may give one id two sizes; an end stays inside its edge all the same.
        return position.Child != NodeTable.None && pages <= position.Pages
            ? Math.Clamp(end, depth + 1, _nodes.DepthTokens(position.Child) - 1)
            : end;
    }

    private void Apply(ReadOnlySpan<int> sequence, in CommitShape shape, in Access access, ReadOnlySpan<StateHandle> states)
    {
        Position position = _position;
        ReadOnlySpan<PlannedNode> planned = PlanNodes(position, shape);
        if (_touchPath)
        {
            for (int node = position.Node; !_nodes.IsRoot(node); node = _nodes.Parent(node))
            {
                _selector.Touch(node, access);
            }
        }

        int made = 0;
        int parent = position.Node;
        int from = position.Pages;
        if (position.Child != NodeTable.None)
        {
            int aligned = _admission.AlignedBranch(position, shape);
            int cut = position.NodePages;
            if (aligned > cut && aligned < from)
            {
                parent = SplitAt(position.Child, aligned - cut, planned[made], states, made, Named(access, sequence[..aligned]));
                cut = aligned;
                made++;
            }

            if (_admission.Splits(position, shape))
            {
                parent = SplitAt(position.Child, from - cut, planned[made], states, made, Named(access, sequence[..from]));
                made++;
            }
        }

        while (from < shape.Pages)
        {
            int end = _admission.NextEnd(from, shape);
            int leaf = _tree.AddLeaf(parent, sequence[from..end], planned[made].Tokens);
            Enter(leaf, planned[made], states, made, end == shape.Pages ? access : Named(access, sequence[..end]));
            made++;
            if (!_nodes.IsRoot(parent))
            {
                _selector.ChildrenChanged(parent);
                Settle(parent);
            }

            Settle(leaf);
            parent = leaf;
            from = end;
        }

        // A block cache keeps leading blocks and gives the handles of the rest back.
        for (; made < states.Length; made++)
        {
            Act(StateActionKind.Decline, states[made], default, 0);
        }
    }

    private Access Named(in Access access, ReadOnlySpan<int> path)
        => _selector.RemembersKeys ? access with { Key = PathKey.Of(_nodes.Handle(_commitRoot).Value, path) } : access;

    private int SplitAt(int node, int pages, in PlannedNode plan, ReadOnlySpan<StateHandle> states, int index, in Access access)
    {
        int upper = _tree.Split(node, pages, plan.Tokens);
        Enter(upper, plan, states, index, access);
        _selector.EdgeChanged(node);
        Act(StateActionKind.Split, _nodes.Handle(node), _nodes.Handle(upper), _nodes.Tokens(upper));

        // Without a checkpoint the node is waiting for its second child and must not be joined back before.
        if (plan.Checkpoint)
        {
            Settle(upper);
        }

        Settle(node);
        return upper;
    }

    private void Enter(int node, in PlannedNode plan, ReadOnlySpan<StateHandle> states, int index, in Access access)
    {
        if (plan.Checkpoint)
        {
            _tree.SetCheckpoint(node);
        }

        if (index < states.Length)
        {
            _nodes.SetHandle(node, states[index]);
        }

        if (_selectorCapacity < _nodes.Capacity)
        {
            _selectorCapacity = _nodes.Capacity;
            _selector.Grow(_selectorCapacity);
        }

        _selector.Insert(node, access);
    }

    private void Act(StateActionKind kind, StateHandle handle, StateHandle other, int tokens)
    {
        if (_actionCount == _actions.Length)
        {
            Array.Resize(ref _actions, _actionCount * 2);
        }

        _actions[_actionCount++] = new StateAction(kind, handle, other, tokens);
    }
}
