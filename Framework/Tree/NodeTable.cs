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

    private int[] _parent = [];
    private int[] _lastSegment = [];
    private int[] _pages = [];
    private int[] _endTokens = [];
    private int[] _edgeKey = [];
    private int[] _childCount = [];
    private int[] _childXor = [];
    private int[] _leases = [];
    private long[] _creation = [];

    // One column with three meanings, which no node mixes: the engine's handle, a root's namespace, a resident key.
    private long[] _label = [];
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
    public int Capacity => _parent.Length;

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
    public int Parent(int node) => _parent[node];

    /// <summary>True for the top of a namespace.</summary>
    public bool IsRoot(int node) => _parent[node] == None;

    /// <summary>True while the id is in use.</summary>
    public bool IsLive(int node) => (_flags[node] & Flag.Live) != 0;

    /// <summary>True where a checkpoint is held at the node's end.</summary>
    public bool HasCheckpoint(int node) => (_flags[node] & Flag.Checkpoint) != 0;

    /// <summary>True while the node may be evicted.</summary>
    public bool IsCandidate(int node) => (_flags[node] & Flag.Candidate) != 0;

    /// <summary>The engine's handle of the node's states.</summary>
    public StateHandle Handle(int node) => new(_label[node]);

    /// <summary>The namespace that a root is the top of.</summary>
    public long Space(int root) => _label[root];

    /// <summary>Leases that end at the node.</summary>
    public int Leases(int node) => _leases[node];

    /// <summary>Pages on the edge.</summary>
    public int Pages(int node) => _pages[node];

    /// <summary>The child, where there is exactly one.</summary>
    public int OnlyChild(int node) => _childXor[node];

    /// <summary>Feature <c>children</c>.</summary>
    public int Children(int node) => _childCount[node];

    /// <summary>Feature <c>depthTokens</c>.</summary>
    public int DepthTokens(int node) => _endTokens[node];

    /// <summary>Feature <c>tokens</c>.</summary>
    public int Tokens(int node) => Told(node).Tokens is > 0 and int told ? told : _endTokens[node] - _endTokens[_parent[node]];

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
            : Model.TotalFlops(_endTokens[node]) - Model.TotalFlops(_endTokens[node] - Tokens(node));

    /// <summary>Feature <c>pathFlops</c>; for a key, what fetching it costs, where that is known.</summary>
    public double PathFlops(int node)
        => HasCost(node) ? _cost[node] : Told(node).PathFlops is > 0 and double told ? told : Model.TotalFlops(_endTokens[node]);

    /// <summary>KV bytes of the whole prefix.</summary>
    internal long PathKvBytes(int node) => Told(node).PathBytes is > 0 and long told ? told : Model.KvBytes(_endTokens[node]);

    /// <summary>What an engine has told of the node; all zeros where it has told nothing.</summary>
    internal ToldSize Told(int node) => (uint)node < (uint)_told.Length ? _told[node] : default;

    /// <summary>The key that a node of a cache of keys stands for.</summary>
    internal ulong Key(int node) => (ulong)_label[node];

    /// <summary>What a node is found by under its parent: the first page of its edge, or a hash of the block where the tree holds blocks.</summary>
    internal int EdgeKey(int node) => _edgeKey[node];

    internal int LastSegment(int node) => _lastSegment[node];

    /// <summary>Takes an id, growing the table where none is free. The node has no edge yet.</summary>
    internal int Add(int parent, int endTokens)
    {
        if (_free == None)
        {
            Grow(Math.Max(64, _parent.Length + (_parent.Length / 2)));
        }

        int node = _free;
        _free = _parent[node];
        _parent[node] = parent;
        _endTokens[node] = endTokens;
        _pages[node] = 0;
        _lastSegment[node] = None;
        _childCount[node] = 0;
        _childXor[node] = 0;
        _leases[node] = 0;
        _label[node] = 0;
        _edgeKey[node] = 0;
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
        _parent[node] = _free;
        _free = node;
        Count--;
    }

    internal void AddChild(int parent, int child)
    {
        _parent[child] = parent;
        _childCount[parent]++;
        _childXor[parent] ^= child;
        _links?.Add(parent, child);
    }

    internal void RemoveChild(int parent, int child)
    {
        _childCount[parent]--;
        _childXor[parent] ^= child;
        _links?.Remove(parent, child);
    }

    internal void SetEdge(int node, int lastSegment, int pages)
    {
        _lastSegment[node] = lastSegment;
        _pages[node] = pages;
    }

    internal void SetDepthTokens(int leaf, int endTokens) => _endTokens[leaf] = endTokens;

    internal void SetEdgeKey(int node, int key) => _edgeKey[node] = key;

    internal void SetHandle(int node, StateHandle handle) => _label[node] = handle.Value;

    internal void SetSpace(int root, long space) => _label[root] = space;

    internal void SetKey(int node, ulong key) => _label[node] = (long)key;

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

    internal void AddLease(int node, int change) => _leases[node] += change;

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
        int old = _parent.Length;
        Array.Resize(ref _parent, capacity);
        Array.Resize(ref _lastSegment, capacity);
        Array.Resize(ref _pages, capacity);
        Array.Resize(ref _endTokens, capacity);
        Array.Resize(ref _edgeKey, capacity);
        Array.Resize(ref _childCount, capacity);
        Array.Resize(ref _childXor, capacity);
        Array.Resize(ref _leases, capacity);
        Array.Resize(ref _creation, capacity);
        Array.Resize(ref _label, capacity);
        Array.Resize(ref _flags, capacity);
        GrowBelow(capacity);
        for (int node = capacity - 1; node >= old; node--)
        {
            _parent[node] = _free;
            _free = node;
        }
    }
}
