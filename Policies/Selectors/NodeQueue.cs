namespace Squelch.Policies;

/// <summary>Links between nodes that all queues of one selector share: a node stands in at most one of them.</summary>
internal sealed class NodeLinks
{
    private int[] _older = [];
    private int[] _newer = [];

    /// <summary>Makes room for ids below <paramref name="capacity"/>.</summary>
    public void Grow(int capacity)
    {
        Array.Resize(ref _older, capacity);
        Array.Resize(ref _newer, capacity);
    }

    public ref int Older(int node) => ref _older[node];

    public ref int Newer(int node) => ref _newer[node];
}

/// <summary>Nodes in the order they were put in, doubly linked through shared links.</summary>
internal sealed class NodeQueue(NodeLinks links, NodeTable nodes)
{
    /// <summary>The node put in first, or <see cref="NodeTable.None"/>.</summary>
    public int Oldest { get; private set; } = NodeTable.None;

    /// <summary>The node put in last, or <see cref="NodeTable.None"/>.</summary>
    public int Newest { get; private set; } = NodeTable.None;

    /// <summary>Bytes of its nodes when they were put in; 1 each where keys count as 1.</summary>
    public long Bytes { get; private set; }

    /// <summary>The node put in next after this one, or <see cref="NodeTable.None"/>.</summary>
    public int Newer(int node) => links.Newer(node);

    /// <summary>The oldest candidate, or <see cref="NodeTable.None"/>.</summary>
    public int OldestCandidate()
    {
        int node = Oldest;
        while (node != NodeTable.None && !nodes.IsCandidate(node))
        {
            node = links.Newer(node);
        }

        return node;
    }

    /// <summary>Puts a node in as the newest.</summary>
    public void Add(int node, long bytes)
    {
        links.Older(node) = Newest;
        links.Newer(node) = NodeTable.None;
        if (Newest == NodeTable.None)
        {
            Oldest = node;
        }
        else
        {
            links.Newer(Newest) = node;
        }

        Newest = node;
        Bytes += bytes;
    }

    /// <summary>Takes a node out.</summary>
    public void Remove(int node, long bytes)
    {
        int older = links.Older(node);
        int newer = links.Newer(node);
        if (older == NodeTable.None)
        {
            Oldest = newer;
        }
        else
        {
            links.Newer(older) = newer;
        }

        if (newer == NodeTable.None)
        {
            Newest = older;
        }
        else
        {
            links.Older(newer) = older;
        }

        Bytes -= bytes;
    }
}
