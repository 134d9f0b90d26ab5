using System.Runtime.InteropServices;

namespace Squelch;

/// <summary>Where a walk of a sequence ended.</summary>
/// <param name="Node">The deepest fully matched node, a root where there is none.</param>
/// <param name="NodePages">Pages from the root to its end.</param>
/// <param name="Child">The child that is matched in part, or <see cref="NodeTable.None"/>.</param>
/// <param name="ChildPages">Pages of the child that match; at least one where there is a child.</param>
internal readonly record struct Position(int Node, int NodePages, int Child, int ChildPages)
{
    /// <summary>Pages that match.</summary>
    public int Pages => NodePages + ChildPages;
}

/// <summary>The radix tree's structure: walks and changes, and nothing of budgets, times or policies.</summary>
internal sealed class PrefixTree
{
    private readonly Dictionary<long, int> _roots = [];
    private readonly Edges _edges;
    private readonly NodeIndex<ChildKey> _index;

    public PrefixTree(ModelShape model, int pageTokens, int blockPages, int slabBits = TokenSlabs.UsualBits)
    {
        _edges = new Edges(slabBits);
        Nodes = new NodeTable(model) { PageTokens = pageTokens };
        PageTokens = pageTokens;
        BlockPages = blockPages;
        _index = new NodeIndex<ChildKey>(Nodes);
    }

    /// <summary>The nodes.</summary>
    public NodeTable Nodes { get; }

    /// <summary>Tokens per page.</summary>
    public int PageTokens { get; }

    /// <summary>Pages per block where the tree holds whole blocks and nothing else, so that every edge is some of them; else 0.</summary>
    public int BlockPages { get; }

    /// <summary>Grows with each change of the structure.</summary>
    public long Version { get; private set; }

    /// <summary>Checkpoints held.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>Tokens of KV held.</summary>
    public long KvTokens { get; private set; }

    /// <summary>Nodes besides roots.</summary>
    public int NodeCount => Nodes.Count - _roots.Count;

    /// <summary>Bytes of the tree's own structures, pages left out.</summary>
    public long StructureBytes
        => Nodes.Bytes + ((long)_edges.Capacity * Edges.BytesPerSegment) + ((long)_index.Capacity * sizeof(int));

    /// <summary>The edges, for readers of paths.</summary>
    public Edges Edges => _edges;

    /// <summary>The top of a namespace, made where it is missing.</summary>
    public int Root(long space)
    {
        ref int root = ref CollectionsMarshal.GetValueRefOrAddDefault(_roots, space, out bool exists);
        if (!exists)
        {
            root = Nodes.Add(NodeTable.None, 0);
            Nodes.SetSpace(root, space);
        }

        return root;
    }

    /// <summary>The root of a namespace, or <see cref="NodeTable.None"/> where it has none.</summary>
    public int FindRoot(long space) => _roots.GetValueOrDefault(space, NodeTable.None);

    /// <summary>Forgets a namespace without nodes.</summary>
    public void RemoveRoot(long space)
    {
        if (_roots.Remove(space, out int root))
        {
            Nodes.Free(root);
        }
    }

    /// <summary>Follows a sequence from a position on; compares each page once. Where the tree holds whole blocks, they match whole or not at all.</summary>
    /// <param name="from">A position that the first <c>from.Pages</c> pages are known to reach.</param>
    /// <param name="sequence">The whole sequence from the root.</param>
    public Position Walk(Position from, ReadOnlySpan<int> sequence)
    {
        int unit = Math.Max(1, BlockPages);
        int node = from.Node;
        int pages = from.NodePages;
        int child = from.Child;
        int matched = from.ChildPages;
        while (true)
        {
            if (child == NodeTable.None)
            {
                if (sequence.Length - pages < unit)
                {
                    return new(node, pages, NodeTable.None, 0);
                }

                child = BlockPages > 0 ? FindBlock(node, sequence.Slice(pages, unit)) : _index.Find(ChildKey.Of(node, sequence[pages]));
                if (child == NodeTable.None)
                {
                    return new(node, pages, NodeTable.None, 0);
                }
            }

            int length = Nodes.Pages(child);
            int rest = Math.Min(length, sequence.Length - pages);
            matched += _edges.Match(Nodes.LastSegment(child), matched, sequence.Slice(pages + matched, rest - matched));
            matched -= matched % unit;
            if (matched < length)
            {
                return new(node, pages, child, matched);
            }

            node = child;
            pages += length;
            child = NodeTable.None;
            matched = 0;
        }
    }

    /// <summary>Cuts a node's edge: the new node takes the first pages and becomes its parent.</summary>
    /// <returns>The new node.</returns>
    public int Split(int node, int pages, int endTokens)
    {
        Version++;
        int parent = Nodes.Parent(node);
        int upper = Nodes.Add(parent, endTokens);
        _index.Remove(node);
        _edges.Split(Nodes.LastSegment(node), pages, out int upperLast, out int lowerLast);
        Nodes.SetEdge(upper, upperLast, pages);
        Nodes.SetEdge(node, lowerLast, Nodes.Pages(node) - pages);
        Nodes.SetEdgeKey(upper, Nodes.EdgeKey(node));
        Nodes.RemoveChild(parent, node);
        Nodes.AddChild(parent, upper);
        _index.Add(upper);
        Nodes.SetEdgeKey(node, EdgeKey(lowerLast));
        Nodes.AddChild(upper, node);
        _index.Add(node);
        return upper;
    }

    /// <summary>A new leaf.</summary>
    public int AddLeaf(int parent, ReadOnlySpan<int> pages, int endTokens)
    {
        Version++;
        int node = Nodes.Add(parent, endTokens);
        int last = _edges.Add(pages);
        Nodes.SetEdge(node, last, pages.Length);
        Nodes.SetEdgeKey(node, EdgeKey(last));
        Nodes.AddChild(parent, node);
        _index.Add(node);
        KvTokens += Nodes.Tokens(node);
        return node;
    }

    /// <summary>Marks that a checkpoint is held at the node's end.</summary>
    public void SetCheckpoint(int node)
    {
        Nodes.SetCheckpoint(node);
        Checkpoints++;
    }

    /// <summary>Drops a checkpoint alone.</summary>
    public void RemoveCheckpoint(int node)
    {
        Nodes.SetCheckpoint(node, false);
        Checkpoints--;
    }

    /// <summary>A leaf gives up its last <see cref="NodeTable.TrimPages"/> pages, and has more. They stay on its edge until <see cref="CutTail"/>.</summary>
    public void Trim(int leaf)
    {
        Version++;
        int tail = Nodes.TailTokens(leaf);
        Nodes.SetEdge(leaf, Nodes.LastSegment(leaf), Nodes.Pages(leaf) - Nodes.TrimPages);
        Resize(leaf, Nodes.DepthTokens(leaf) - tail);
    }

    /// <summary>Takes what a leaf has given up off its edge.</summary>
    public void CutTail(int leaf)
    {
        int pages = Nodes.Pages(leaf);
        _edges.Split(Nodes.LastSegment(leaf), pages, out int kept, out int dropped);
        _edges.Remove(dropped);
        Nodes.SetEdge(leaf, kept, pages);
    }

    /// <summary>Gives a leaf another number of tokens: its last page is another size than before.</summary>
    public void Resize(int leaf, int endTokens)
    {
        KvTokens += endTokens - Nodes.DepthTokens(leaf);
        Nodes.SetDepthTokens(leaf, endTokens);
    }

    /// <summary>Drops a leaf with its KV and checkpoint.</summary>
    public void DropLeaf(int node)
    {
        Version++;
        KvTokens -= Nodes.Tokens(node);
        Checkpoints -= Nodes.HasCheckpoint(node) ? 1 : 0;
        _index.Remove(node);
        Nodes.RemoveChild(Nodes.Parent(node), node);
        _edges.Remove(Nodes.LastSegment(node));
        Nodes.Free(node);
    }

    /// <summary>Drops a single-child node's checkpoint; its KV goes to the child, which keeps its id.</summary>
    /// <returns>The child.</returns>
    public int Join(int node)
    {
        Version++;
        int child = Nodes.OnlyChild(node);
        int parent = Nodes.Parent(node);
        Checkpoints -= Nodes.HasCheckpoint(node) ? 1 : 0;
        _index.Remove(node);
        _index.Remove(child);
        Nodes.SetEdge(child, _edges.Join(Nodes.LastSegment(node), Nodes.LastSegment(child)), Nodes.Pages(node) + Nodes.Pages(child));
        Nodes.SetEdgeKey(child, Nodes.EdgeKey(node));
        Nodes.RemoveChild(parent, node);
        Nodes.AddChild(parent, child);
        _index.Add(child);
        Nodes.Free(node);
        return child;
    }

    private static int BlockKey(ReadOnlySpan<int> block) => (int)HashMix.Fold(0, block);

    /// <summary>What an edge is found by: its first page, or a hash of its first block, whatever follows.</summary>
    private int EdgeKey(int last) => BlockPages > 0 ? (int)_edges.Fold(last, BlockPages) : _edges.Page(last, 0);

    /// <summary>The child whose edge begins with a block. Several blocks can share a hash.</summary>
    private int FindBlock(int node, ReadOnlySpan<int> block)
    {
        ulong key = ChildKey.Of(node, BlockKey(block));
        int slot = -1;
        int child;
        do
        {
            child = _index.Next(key, ref slot);
        }
        while (child != NodeTable.None && _edges.Match(Nodes.LastSegment(child), 0, block) < BlockPages);

        return child;
    }
}
