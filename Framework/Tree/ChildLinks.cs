namespace Squelch;

/// <summary>The children of each node, in no order: kept only where what lies below a node has to be told of a change above it.</summary>
internal sealed class ChildLinks
{
    private int[] _first = [];
    private int[] _next = [];
    private int[] _previous = [];

    /// <summary>Bytes per node.</summary>
    public const int BytesPerNode = 3 * sizeof(int);

    /// <summary>Makes room for node ids below <paramref name="capacity"/>.</summary>
    public void Grow(int capacity)
    {
        Array.Resize(ref _first, capacity);
        Array.Resize(ref _next, capacity);
        Array.Resize(ref _previous, capacity);
    }

    /// <summary>A new node has no children.</summary>
    public void Clear(int node) => _first[node] = NodeTable.None;

    /// <summary>A child of a node, or <see cref="NodeTable.None"/>.</summary>
    public int First(int node) => _first[node];

    /// <summary>The next child of the same node, or <see cref="NodeTable.None"/>.</summary>
    public int Next(int child) => _next[child];

    public void Add(int parent, int child)
    {
        int first = _first[parent];
        (_next[child], _previous[child]) = (first, NodeTable.None);
        if (first != NodeTable.None)
        {
            _previous[first] = child;
        }

        _first[parent] = child;
    }

    public void Remove(int parent, int child)
    {
        (int previous, int next) = (_previous[child], _next[child]);
        if (previous == NodeTable.None)
        {
            _first[parent] = next;
        }
        else
        {
            _next[previous] = next;
        }

        if (next != NodeTable.None)
        {
            _previous[next] = previous;
        }
    }
}
