namespace Squelch;

/// <content>What lies above and below a node, and so what its eviction frees and loses.</content>
public sealed partial class NodeTable
{
    private ChildLinks? _links;

    // Of each node and all below it, where somebody reads them: else null.
    private long[]? _subtreeHits;
    private long[]? _subtreeBytes;

    /// <summary>True where a selector has asked for <see cref="KeepChildren"/>.</summary>
    public bool KeepsChildren => _links is not null;

    /// <summary>True where a selector has asked for <see cref="KeepSubtrees"/>.</summary>
    public bool KeepsSubtrees => _subtreeHits is not null;

    /// <summary>Tokens per page.</summary>
    internal int PageTokens { get; set; } = 1;

    /// <summary>Pages that a leaf gives up at a time; 0 for all.</summary>
    internal int TrimPages { get; set; }

    private int BytesBelow => (_links is null ? 0 : ChildLinks.BytesPerNode) + (_subtreeHits is null ? 0 : 2 * sizeof(long));

    /// <summary>
    /// For the constructor of a selector that reads <c>replayTokens</c> or <c>tokensLost</c>: from now on it is told by <see cref="IVictimSelector.EdgeChanged"/>
    /// of every node whose nearest checkpoint above comes or goes.
    /// </summary>
    /// <exception cref="InvalidOperationException">A node has children already.</exception>
    public void KeepChildren()
    {
        if (_links is null)
        {
            CheckIsFlat();
            _links = new ChildLinks();
            _links.Grow(Capacity);
            for (int node = 0; node < Capacity; node++)
            {
                _links.Clear(node);
            }
        }
    }

    /// <summary>
    /// For the constructor of a selector that reads <c>subtreeHits</c> or <c>subtreeBytes</c>: from now on they are kept, and it is told by
    /// <see cref="IVictimSelector.ChildrenChanged"/> where they change.
    /// </summary>
    /// <exception cref="InvalidOperationException">A node has children already.</exception>
    public void KeepSubtrees()
    {
        if (_subtreeHits is null)
        {
            CheckIsFlat();
            (_subtreeHits, _subtreeBytes) = (new long[Capacity], new long[Capacity]);
            _subtreeHits.AsSpan().Fill(1);
        }
    }

    /// <summary>Feature <c>bytesFreed</c>: of a leaf its bytes, or those of the tokens that it gives up at a time; of a node with children its checkpoint's.</summary>
    public long BytesFreed(int node)
        => _rows[node].ChildCount > 0 ? CheckpointBytes(node) : Trims(node) ? Model.KvBytes(TailTokens(node)) : BytesHeld(node);

    /// <summary>Feature <c>tokensLost</c>.</summary>
    public int TokensLost(int node)
        => CheckpointBytesEach > 0 ? (HasCheckpoint(node) ? ReplayTokens(node) : 0) : _rows[node].ChildCount == 0 ? TailTokens(node) : 0;

    /// <summary>Feature <c>replayTokens</c>: under a model without checkpoints, the node's own tokens.</summary>
    public int ReplayTokens(int node)
    {
        if (CheckpointBytesEach == 0)
        {
            return Tokens(node);
        }

        return IsRoot(node) ? 0 : _rows[node].EndTokens - _rows[NearestCheckpoint(_rows[node].Parent)].EndTokens;
    }

    /// <summary>The node itself, or the nearest one above it, that holds a checkpoint; the root where none does.</summary>
    internal int NearestCheckpoint(int node)
    {
        while (!IsRoot(node) && !HasCheckpoint(node))
        {
            node = _rows[node].Parent;
        }

        return node;
    }

    /// <summary>Feature <c>subtreeHits</c>.</summary>
    /// <exception cref="InvalidOperationException">Nobody asked for <see cref="KeepSubtrees"/>.</exception>
    public long SubtreeHits(int node) => (_subtreeHits ?? throw NotKept())[node];

    /// <summary>Feature <c>subtreeBytes</c>.</summary>
    /// <exception cref="InvalidOperationException">Nobody asked for <see cref="KeepSubtrees"/>.</exception>
    public long SubtreeBytes(int node) => _rows[node].ChildCount == 0 ? BytesHeld(node) : (_subtreeBytes ?? throw NotKept())[node];

    /// <summary>True where evicting a leaf takes its last pages alone.</summary>
    internal bool Trims(int leaf) => TrimPages > 0 && CheckpointBytesEach == 0 && _rows[leaf].Pages > TrimPages;

    /// <summary>How often in a row a leaf that is trimmed gives up as many tokens as the first time.</summary>
    internal int EqualTrims(int leaf) => Tokens(leaf) == (long)_rows[leaf].Pages * PageTokens ? (_rows[leaf].Pages - 1) / TrimPages : 1;

    /// <summary>Tokens that evicting a leaf takes.</summary>
    internal int TailTokens(int leaf)
    {
        int tokens = Tokens(leaf);
        return Trims(leaf) ? tokens - Math.Min((_rows[leaf].Pages - TrimPages) * PageTokens, tokens - TrimPages) : tokens;
    }

    /// <summary>The children of each node; null where nobody asked for <see cref="KeepChildren"/>.</summary>
    internal ChildLinks? Links => _links;

    internal void AddSubtreeHit(int node) => _subtreeHits![node]++;

    internal void AddSubtreeBytes(int node, long bytes) => _subtreeBytes![node] += bytes;

    /// <summary>What lies below a node that has taken the first pages of its only child's edge; without the checkpoint that it gets.</summary>
    internal void TakeOverSubtree(int upper, int lower)
    {
        if (_subtreeHits is not null)
        {
            _subtreeHits[upper] = _subtreeHits[lower];
            _subtreeBytes![upper] = _subtreeBytes[lower];
            _subtreeBytes[lower] -= KvBytes(upper);
        }
    }

    private static InvalidOperationException NotKept()
        => new("This tree does not keep what lies below its nodes: the constructor of a selector that reads subtreeHits or subtreeBytes calls NodeTable.KeepSubtrees.");

    private void CheckIsFlat()
    {
        if (Array.Exists(_rows, static row => row.ChildCount > 0))
        {
            throw new InvalidOperationException("Children and subtrees are kept from the first node on, or not at all: ask for them in the selector's constructor.");
        }
    }

    private void ClearBelow(int node)
    {
        _links?.Clear(node);
        if (_subtreeHits is not null)
        {
            (_subtreeHits[node], _subtreeBytes![node]) = (1, 0);
        }
    }

    private void GrowBelow(int capacity)
    {
        _links?.Grow(capacity);
        if (_subtreeHits is not null)
        {
            Array.Resize(ref _subtreeHits, capacity);
            Array.Resize(ref _subtreeBytes, capacity);
        }
    }
}
