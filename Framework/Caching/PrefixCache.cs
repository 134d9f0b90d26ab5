using System.Runtime.ExceptionServices;

namespace Squelch;

/// <summary>
/// A prefix cache for one model: Lookup gives a lease, Commit or Abandon ends it. The engine keeps the states; the cache keeps the tree, chooses
/// victims and says which handles to free, join or split. One caller at a time: see <see cref="SynchronizedPrefixCache"/>.
/// After warm-up, and once its tuner is through (<see cref="Tuning"/>), no member allocates.
/// </summary>
public partial class PrefixCache : IDisposable
{
    private readonly PrefixTree _tree;
    private readonly NodeTable _nodes;
    private readonly EvictableTree _evictable;
    private readonly LeaseTable _leases = new();
    private readonly Admission _admission;
    private readonly CommitPlan _plan;
    private readonly IVictimSelector _selector;
    private readonly bool _touchPath;
    private readonly bool _hitsAnywhere;
    private bool _disposed;
    private int _busy;
    private ExceptionDispatchInfo? _thrown;

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
        if (options.CapacityBytes < options.Model.LeastBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.CapacityBytes,
                $"A cache of {options.CapacityBytes:N0} bytes cannot hold one checkpoint and one token of {options.Model.Name}; it needs at least {options.Model.LeastBytes:N0} bytes.");
        }

        Descriptor = descriptor;
        Options = options;
        // A key is one page of its own size, and has no state to align.
        AdmissionDescriptor admission = options.Model == ModelShape.Keys ? descriptor.Admission with { Align = 1, LeastSaving = 0, Formula = null } : descriptor.Admission;
        _admission = new Admission(admission, options.PageTokens);
        _tree = new PrefixTree(options.Model, options.PageTokens, _admission.BlockPages, options.SlabBits);
        _nodes = _tree.Nodes;
        if (descriptor.Trim > 0)
        {
            int unit = Math.Max(1, _admission.BlockPages);
            _nodes.TrimPages = Math.Max(1, descriptor.Trim / options.PageTokens / unit) * unit;
        }

        _touchPath = descriptor.Touch == Touch.Path;
        _hitsAnywhere = options.Model.CheckpointBytes == 0;
        _selector = Predicting(createSelector(_nodes, options.Seed), options);
        Choice = new CheckpointChoice(admission, _nodes, _selector);
        _plan = new CommitPlan(_admission, Choice, _nodes, options.PageTokens, descriptor.Candidates == Candidates.Checkpoints && options.Model.CheckpointBytes > 0);
        _selector = options.Accelerate?.Invoke(_selector) ?? _selector;
        _evictable = new EvictableTree(_tree, _selector, descriptor.Candidates);
    }

    /// <summary>What is known of the policy.</summary>
    public PolicyDescriptor Descriptor { get; }

    /// <summary>How the cache was set up.</summary>
    public PrefixCacheOptions Options { get; }

    /// <summary>The clock: logical ticks, or the caller's.</summary>
    public long Now { get; private set; }

    /// <summary>Lookups so far.</summary>
    public long Lookups { get; private set; }

    /// <summary>Lookups there had been when room had to be made for the first time, or null.</summary>
    public long? LookupsBeforeEviction { get; private set; }

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

    /// <summary>Leaves evicted; where the policy trims them, each time that one gave up tokens.</summary>
    public long LeafEvictions { get; private set; }

    /// <summary>Checkpoints of nodes with children evicted.</summary>
    public long JoinEvictions { get; private set; }

    /// <summary>Commits that were not, or not wholly, admitted.</summary>
    public long NotAdmitted { get; private set; }

    /// <summary>Bytes of the tree's own columns and tables, pages and the policy's columns left out.</summary>
    public long StructureBytes => _tree.StructureBytes;

    /// <summary>The nodes, for readers.</summary>
    public NodeTable Nodes => _nodes;

    /// <summary>Chooses the victims.</summary>
    public IVictimSelector Selector => _selector;

    /// <summary>How far the policy's tuner is. Whoever reads it while another thread calls may see the moment before.</summary>
    public TuningStatus Tuning => Tuner?.Status(LookupsBeforeEviction) ?? TuningStatus.Off;

    /// <summary>Looks for the policy's tunables; null where nobody does.</summary>
    private protected CacheTuning? Tuner { get; init; }

    /// <summary>Which places get a checkpoint.</summary>
    private protected CheckpointChoice Choice { get; }

    internal PrefixTree Tree => _tree;

    /// <summary>
    /// What the engine has to do with its handles after the last commit or abandon, in order; valid until the next call. The same as those return, for an
    /// engine whose <see cref="PrefixCacheOptions.OnVictim"/> or selector has thrown: the commit is whole all the same, and its lease has ended.
    /// </summary>
    public ReadOnlySpan<StateAction> LastActions => _evictable.Actions.All;

    /// <summary>The longest reusable prefix of a request, held in place until the lease ends.</summary>
    /// <param name="input">Input pages: token ids, or block ids.</param>
    /// <param name="space">Namespace (tenant, adapter, salt): no hit crosses it.</param>
    /// <param name="hints">The engine's hints.</param>
    /// <param name="tokens">Tokens of the input where its last page is partial; 0 where all pages are full. No hit exceeds it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tokens are negative, or a hint is not what its feature can be.</exception>
    /// <exception cref="ArgumentException">There is a cost, but what is looked up is no key: <see cref="RequestHints.Cost"/>.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="SquelchException">The tree would promise more than matches: a fault of this library, which is checked at every lookup.</exception>
    public Lease Lookup(ReadOnlySpan<int> input, long space = 0, RequestHints hints = default, int tokens = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        hints.Check();
        CheckIsKey(hints, input.Length);
        Enter();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (Tuner is not null && Tuner.TryAdopt(Lookups, out ReadOnlySpan<double> tunables))
            {
                Retune(tunables);
            }

            Tick();
            Lookups++;
            int root = _tree.Root(space);
            Position end = _tree.Walk(new Position(root, 0, NodeTable.None, 0), input);
            Hit hit = Reusable(end);
            CheckIsMatched(hit, end);
            if (end is { NodePages: 1, Child: NodeTable.None })
            {
                _evictable.SetCost(end.Node, hints.Cost);
            }

            int used = _touchPath && !_hitsAnywhere ? end.Node : hit.Node;
            _evictable.CountUse(used, pastTokens: 0);
            Use(hit.Node, end, new Access(Now, hints));
            _nodes.AddLease(hit.Node, 1);
            _evictable.Settle(hit.Node);
            int branch = _plan.BranchTokens(end);
            int inputTokens = tokens > 0 ? tokens : input.Length * _tree.PageTokens;
            bool refusesBranch = branch > 0 && !Choice.MayKeepBranch(branch, end.Node, new(hints, Now, inputTokens));
            return _leases.Open(
                new LeaseEntry
                {
                    HitNode = hit.Node,
                    HitPages = hit.Pages,
                    UsedTokens = _nodes.DepthTokens(used),
                    InputPages = input.Length,
                    InputTokens = tokens,
                    InputHash = Options.ChecksCommits ? HashMix.Of(input) : 0,
                    Space = space,
                    Version = _tree.Version,
                    End = end,
                    RefusesBranch = refusesBranch,
                    Hints = hints,
                },
                tokens > 0 ? Math.Min(hit.Tokens, tokens) : hit.Tokens,
                refusesBranch ? 0 : branch);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>The nodes that a commit of this sequence would make now, shallowest first; valid until the next call.</summary>
    /// <inheritdoc cref="Commit(in Lease, ReadOnlySpan{int}, int)"/>
    public ReadOnlySpan<PlannedNode> Plan(in Lease lease, ReadOnlySpan<int> sequence, int tokens = 0)
    {
        Enter();
        try
        {
            ref LeaseEntry entry = ref Open(lease, sequence, ref tokens);
            CommitShape shape = Fitting(_admission.Shape(sequence.Length, tokens));
            return _plan.Nodes(Find(entry, sequence, shape.Pages), shape, Request(entry));
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Keeps a finished request's states, evicting what is least worth keeping. Ends the lease.</summary>
    /// <param name="lease">The lease of the request's lookup.</param>
    /// <param name="sequence">Input and output pages; begins with the input that was looked up.</param>
    /// <param name="tokens">Tokens of the sequence where its last page is partial; 0 where all pages are full.</param>
    /// <exception cref="InvalidOperationException">The lease has ended, or belongs to another cache. Nothing has changed.</exception>
    /// <exception cref="ArgumentException">The sequence does not fit the lease. Nothing has changed, the lease is open.</exception>
    /// <remarks>
    /// What <see cref="PrefixCacheOptions.OnVictim"/> or the selector throws comes out when the commit is whole: the lease has ended, every handle is in the
    /// tree or in <see cref="LastActions"/>. Where the selector threw, the sequence was not admitted.
    /// </remarks>
    public CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens = 0) => Commit(lease, sequence, tokens, [], simulated: true);

    /// <summary>Keeps a finished request's states under the engine's handles. Ends the lease.</summary>
    /// <inheritdoc cref="Commit(in Lease, ReadOnlySpan{int}, int)"/>
    /// <param name="lease">The lease of the request's lookup.</param>
    /// <param name="sequence">Input and output pages.</param>
    /// <param name="tokens">Tokens of the sequence, or 0.</param>
    /// <param name="states">One handle per node of <see cref="Plan"/>, in its order.</param>
    public CommitResult Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, ReadOnlySpan<StateHandle> states)
        => Commit(lease, sequence, tokens, states, simulated: false);

    /// <summary>Ends a lease without keeping anything. A node that it alone kept apart from its child is joined with it.</summary>
    /// <returns>What the engine has to do with its handles, in order; valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The lease has ended, or belongs to another cache; or another call is under way.</exception>
    public ReadOnlySpan<StateAction> Abandon(in Lease lease)
    {
        Enter();
        try
        {
            _evictable.Actions.Clear();
            ObjectDisposedException.ThrowIf(_disposed, this);
            int node = _leases.Get(lease).HitNode;
            _leases.Close(lease);
            _nodes.AddLease(node, -1);
            _evictable.Settle(node);
            return LastActions;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Refuses all later calls. The engine keeps or releases its states itself.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            Tuner?.Dispose();
            (_selector as IDisposable)?.Dispose();
        }

        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Sets the tunables, in descriptor order, keeping all nodes.</summary>
    private protected virtual void Retune(ReadOnlySpan<double> tunables)
    {
        _selector.Retune(tunables);
        Choice.Retune(tunables);
    }

    private static IVictimSelector Predicting(IVictimSelector selector, PrefixCacheOptions options)
    {
        if (selector is IPredictedSelector predicted)
        {
            predicted.Predictor = options.Predictor;
        }

        if (selector is IContentsPredictedSelector follower)
        {
            follower.Contents = options.Contents;
        }

        return selector;
    }

    /// <summary>Costs of prefixes are the model's: a cost that was told for each would not fit what their nodes share.</summary>
    private void CheckIsKey(in RequestHints hints, int pages)
    {
        if (hints.HasCost && (pages != 1 || Options.Model != ModelShape.Keys))
        {
            throw new ArgumentException(
                $"A cost is for keys, which are one page under ModelShape.Keys; this request has {pages} pages under {Options.Model.Name}. Leave the cost out: the model gives it.", nameof(hints));
        }
    }

    /// <summary>One call at a time, and none from a callback: anything else would tear the tree.</summary>
    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException(
                "The cache is in the middle of another call. It takes one caller at a time: put a lock around it (SynchronizedPrefixCache does), and do not call it from OnVictim, Clock or a selector.");
        }
    }

    private void Exit() => Volatile.Write(ref _busy, 0);

    private void Tick() => Now = Options.Clock is null ? Now + 1 : Math.Max(Now, Options.Clock());

    /// <summary>The deepest node whose states a request can go on from: one with a checkpoint, or any point where the model needs none.</summary>
    private Hit Reusable(in Position end)
    {
        if (_hitsAnywhere)
        {
            int tokens = _nodes.DepthTokens(end.Node);
            return end.Child == NodeTable.None
                ? new(end.Node, end.NodePages, tokens)
                : new(end.Child, -1, Math.Min(_nodes.DepthTokens(end.Child), tokens + (end.ChildPages * _tree.PageTokens)));
        }

        int node = end.Node;
        int pages = end.NodePages;
        while (!_nodes.IsRoot(node) && !_nodes.HasCheckpoint(node))
        {
            pages -= _nodes.Pages(node);
            node = _nodes.Parent(node);
        }

        return new(node, pages, _nodes.DepthTokens(node));
    }

    /// <summary>No lease promises tokens that the input does not have: an engine would go on from the states of another prefix.</summary>
    private void CheckIsMatched(in Hit hit, in Position end)
    {
        long matched = (long)end.Pages * _tree.PageTokens;
        if (hit.Tokens > matched)
        {
            throw new SquelchException(
                $"{Descriptor.Name}, request {Lookups - 1}: the tree promises {hit.Tokens} tokens, but only {matched} of the input match. This is a fault of Squelch, not of the policy or the trace: please report it with both and with the capacity.");
        }
    }

    /// <summary>Tells the selector what a lookup used: the whole path, or the node that it hits.</summary>
    private void Use(int hit, in Position end, in Access access)
    {
        if (_touchPath)
        {
            for (int node = end.Node; !_nodes.IsRoot(node); node = _nodes.Parent(node))
            {
                _selector.Hit(node, access);
            }

            if (end.Child != NodeTable.None)
            {
                _selector.Touch(end.Child, access);
            }
        }
        else if (!_nodes.IsRoot(hit))
        {
            _selector.Hit(hit, access);
        }
    }

    /// <summary>Where a lookup's states are.</summary>
    /// <param name="Node">The node that is held.</param>
    /// <param name="Pages">Pages from the root to its end; -1 where the hit ends inside its edge.</param>
    /// <param name="Tokens">Tokens that can be reused.</param>
    private readonly record struct Hit(int Node, int Pages, int Tokens);
}
