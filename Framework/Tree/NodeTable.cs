namespace Squelch;

/// <summary>
/// The nodes of one prefix tree, as columns. A node is an edge's run of pages plus the states held at its end. Ids are ints and are
/// used again; a creation number, never used again, gives the age. All nodes of all namespaces live here.
/// </summary>
public sealed partial class NodeTable
{
    /// <summary>No node.</summary>
    public const int None = -1;

    [Flags]
    private enum Flag : byte
    {
        None = 0,
        Live = 1,
        Checkpoint = 2,
        Candidate = 4,
    }

    private Row[] _rows = [];
    private long[] _creation = [];
    private Flag[] _flags = [];

    // What fetching a key costs, where that is known and not what the model says; else not a number. Empty until the first.
    private double[] _cost = [];

    // What an engine tells of its own entries in place of the model. Empty until the first.
    private ToldSize[] _told = [];
    private int _free = None;
    private long _created;

    /// <summary>An empty table.</summary>
    /// <param name="model">Gives bytes and FLOPs.</param>
    public NodeTable(ModelShape model)
    {
        Model = model;
        CheckpointBytesEach = model.CheckpointBytes;
    }

    /// <summary>Gives bytes and FLOPs.</summary>
    public ModelShape Model { get; }

    /// <summary>Ids in use are below this.</summary>
    public int Capacity => _rows.Length;

    /// <summary>Live nodes, roots included.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of one checkpoint.</summary>
    public long CheckpointBytesEach { get; }

    /// <summary>Bytes of this table.</summary>
    internal long Bytes => ((long)Capacity * (BytesPerNode + BytesBelow)) + ((long)_cost.Length * sizeof(double)) + ((long)_told.Length * ToldSize.Size);

    private const int BytesPerNode = (8 * sizeof(int)) + (2 * sizeof(long)) + sizeof(byte);

    /// <summary>The number given when the node was made; grows by one with each node.</summary>
    public long Creation(int node) => _creation[node];

    /// <summary>Creation numbers by node id; valid until the table grows.</summary>
    public ReadOnlySpan<long> Creations => _creation;

    /// <summary>The parent, or <see cref="None"/> for a root.</summary>
    public int Parent(int node) => _rows[node].Parent;

    /// <summary>True for the top of a namespace.</summary>
    public bool IsRoot(int node) => _rows[node].Parent == None;

    /// <summary>True while the id is in use.</summary>
    public bool IsLive(int node) => (_flags[node] & Flag.Live) != 0;

    /// <summary>True where a checkpoint is held at the node's end.</summary>
    public bool HasCheckpoint(int node) => (_flags[node] & Flag.Checkpoint) != 0;

    /// <summary>True while the node may be evicted.</summary>
    public bool IsCandidate(int node) => (_flags[node] & Flag.Candidate) != 0;

    /// <summary>The engine's handle of the node's states.</summary>
    public StateHandle Handle(int node) => new(_rows[node].Label);

    /// <summary>The namespace that a root is the top of.</summary>
    public long Space(int root) => _rows[root].Label;

    /// <summary>Leases that end at the node.</summary>
    public int Leases(int node) => _rows[node].Leases;

    /// <summary>Pages on the edge.</summary>
    public int Pages(int node) => _rows[node].Pages;

    /// <summary>The child, where there is exactly one.</summary>
    public int OnlyChild(int node) => _rows[node].ChildXor;

    /// <summary>Feature <c>children</c>.</summary>
    public int Children(int node) => _rows[node].ChildCount;

    /// <summary>Feature <c>depthTokens</c>.</summary>
    public int DepthTokens(int node) => _rows[node].EndTokens;

    /// <summary>Feature <c>tokens</c>.</summary>
    public int Tokens(int node) => Told(node).Tokens is > 0 and int told ? told : _rows[node].EndTokens - _rows[_rows[node].Parent].EndTokens;

    /// <summary>Feature <c>kvBytes</c>.</summary>
    public long KvBytes(int node) => Told(node).Bytes is > 0 and long told ? told : Model.KvBytes(Tokens(node));

    /// <summary>Feature <c>checkpointBytes</c>.</summary>
    public long CheckpointBytes(int node) => HasCheckpoint(node) ? CheckpointBytesEach : 0;

    /// <summary>Feature <c>bytesHeld</c>.</summary>
    public long BytesHeld(int node) => CheckpointBytes(node) + KvBytes(node);

    /// <summary>Feature <c>pathBytes</c>.</summary>
    public long PathBytes(int node) => CheckpointBytesEach + PathKvBytes(node);

    /// <summary>Feature <c>flopsSaved</c>: F(end) - F(parent's end) (Marconi, section 4.2); for a key, what fetching it costs, where that is known.</summary>
    public double FlopsSaved(int node)
        => HasCost(node) ? _cost[node]
            : Told(node).Flops is > 0 and double told ? told
            : Model.TotalFlops(_rows[node].EndTokens) - Model.TotalFlops(_rows[node].EndTokens - Tokens(node));

    /// <summary>Feature <c>pathFlops</c>; for a key, what fetching it costs, where that is known.</summary>
    public double PathFlops(int node)
        => HasCost(node) ? _cost[node] : Told(node).PathFlops is > 0 and double told ? told : Model.TotalFlops(_rows[node].EndTokens);

    /// <summary>KV bytes of the whole prefix.</summary>
    internal long PathKvBytes(int node) => Told(node).PathBytes is > 0 and long told ? told : Model.KvBytes(_rows[node].EndTokens);

    /// <summary>What an engine has told of the node; all zeros where it has told nothing.</summary>
    internal ToldSize Told(int node) => (uint)node < (uint)_told.Length ? _told[node] : default;

    /// <summary>The key that a node of a cache of keys stands for.</summary>
    internal ulong Key(int node) => (ulong)_rows[node].Label;

    /// <summary>What a node is found by under its parent: the first page of its edge, or a hash of the block where the tree holds blocks.</summary>
    internal int EdgeKey(int node) => _rows[node].EdgeKey;

    internal int LastSegment(int node) => _rows[node].LastSegment;

    /// <summary>Takes an id, growing the table where none is free. The node has no edge yet.</summary>
    internal int Add(int parent, int endTokens)
    {
        if (_free == None)
        {
            Grow(Math.Max(64, _rows.Length + (_rows.Length / 2)));
        }

        int node = _free;
        _free = _rows[node].Parent;
        _rows[node] = new() { Parent = parent, EndTokens = endTokens, LastSegment = None };
        if (node < _cost.Length)
        {
            _cost[node] = double.NaN;
        }

        if (node < _told.Length)
        {
            _told[node] = default;
        }

        _creation[node] = ++_created;
        _flags[node] = Flag.Live;
        ClearBelow(node);
        Count++;
        return node;
    }

    internal void Free(int node)
    {
        _flags[node] = Flag.None;
        _rows[node].Parent = _free;
        _free = node;
        Count--;
    }

    internal void AddChild(int parent, int child)
    {
        _rows[child].Parent = parent;
        _rows[parent].ChildCount++;
        _rows[parent].ChildXor ^= child;
        _links?.Add(parent, child);
    }

    internal void RemoveChild(int parent, int child)
    {
        _rows[parent].ChildCount--;
        _rows[parent].ChildXor ^= child;
        _links?.Remove(parent, child);
    }

    internal void SetEdge(int node, int lastSegment, int pages)
    {
        _rows[node].LastSegment = lastSegment;
        _rows[node].Pages = pages;
    }

    internal void SetDepthTokens(int leaf, int endTokens) => _rows[leaf].EndTokens = endTokens;

    internal void SetEdgeKey(int node, int key) => _rows[node].EdgeKey = key;

    internal void SetHandle(int node, StateHandle handle) => _rows[node].Label = handle.Value;

    internal void SetSpace(int root, long space) => _rows[root].Label = space;

    internal void SetKey(int node, ulong key) => _rows[node].Label = (long)key;

    /// <summary>What fetching a key costs from now on; not a number keeps what is known.</summary>
    /// <returns>True where the node's FLOPs have changed.</returns>
    internal bool SetCost(int node, double cost) => !double.IsNaN(cost) && SetKnownCost(node, cost);

    internal void SetCheckpoint(int node, bool held = true)
        => _flags[node] = held ? _flags[node] | Flag.Checkpoint : _flags[node] & ~Flag.Checkpoint;

    internal void SetTold(int node, in ToldSize told)
    {
        if (node >= _told.Length)
        {
            if (told == default)
            {
                return;
            }

            Array.Resize(ref _told, Capacity);
        }

        _told[node] = told;
    }

    /// <summary>Makes room for so many nodes.</summary>
    internal void EnsureCapacity(int nodes)
    {
        if (nodes > Capacity)
        {
            Grow(nodes);
        }
    }

    internal void SetCandidate(int node, bool candidate)
        => _flags[node] = candidate ? _flags[node] | Flag.Candidate : _flags[node] & ~Flag.Candidate;

    internal void AddLease(int node, int change) => _rows[node].Leases += change;

    private bool HasCost(int node) => (uint)node < (uint)_cost.Length && !double.IsNaN(_cost[node]);

    private bool SetKnownCost(int node, double cost)
    {
        if (cost == PathFlops(node))
        {
            return false;
        }

        int old = _cost.Length;
        if (old <= node)
        {
            Array.Resize(ref _cost, Capacity);
            _cost.AsSpan(old).Fill(double.NaN);
        }

        // No negative zero: plans divide by columns whose range begins at zero.
        _cost[node] = cost + 0.0;
        return true;
    }

    private void Grow(int capacity)
    {
        int old = _rows.Length;
        Array.Resize(ref _rows, capacity);
        Array.Resize(ref _creation, capacity);
        Array.Resize(ref _flags, capacity);
        GrowBelow(capacity);
        for (int node = capacity - 1; node >= old; node--)
        {
            _rows[node].Parent = _free;
            _free = node;
        }
    }

    /// <summary>What is read and written together, so that a change touches one place in memory.</summary>
    private struct Row
    {
        /// <summary>The next free id, where the node is not live.</summary>
        public int Parent;
        public int LastSegment;
        public int Pages;
        public int EndTokens;
        public int EdgeKey;
        public int ChildCount;
        public int ChildXor;
        public int Leases;

        /// <summary>One number with three meanings, which no node mixes: the engine's handle, a root's namespace, a resident key.</summary>
        public long Label;
    }
}
