namespace Squelch.CompilerServices;

/// <summary>A binary heap of node ids that knows where each id stands; the order reads the keys, the heap stores none.</summary>
/// <typeparam name="TOrder">A total order.</typeparam>
internal sealed class IndexedHeap<TOrder>
    where TOrder : struct, ITieOrder
{
    private int[] _heap = [];
    private int[] _position = [];

    public int Count { get; private set; }

    /// <summary>The first id, or -1.</summary>
    public int First => Count > 0 ? _heap[0] : -1;

    public void Grow(int ids)
    {
        int old = _position.Length;
        Array.Resize(ref _heap, ids);
        Array.Resize(ref _position, ids);
        _position.AsSpan(old).Fill(-1);
    }

    public bool Contains(int id) => _position[id] >= 0;

    public void Add(int id, TOrder order)
    {
        Up(Count++, id, order);
    }

    public void Remove(int id, TOrder order)
    {
        int hole = _position[id];
        _position[id] = -1;
        int last = _heap[--Count];
        if (last != id)
        {
            Place(hole, last, order);
        }
    }

    /// <summary>The key of an id in the heap changed.</summary>
    public void Update(int id, TOrder order) => Place(_position[id], id, order);

    private void Place(int index, int id, TOrder order)
    {
        if (index > 0 && order.Before(id, _heap[(index - 1) / 2]))
        {
            Up(index, id, order);
        }
        else
        {
            Down(index, id, order);
        }
    }

    private void Up(int index, int id, TOrder order)
    {
        while (index > 0)
        {
            int above = (index - 1) / 2;
            if (!order.Before(id, _heap[above]))
            {
                break;
            }

            Put(index, _heap[above]);
            index = above;
        }

        Put(index, id);
    }

    private void Down(int index, int id, TOrder order)
    {
        for (int below = (2 * index) + 1; below < Count; below = (2 * index) + 1)
        {
            if (below + 1 < Count && order.Before(_heap[below + 1], _heap[below]))
            {
                below++;
            }

            if (!order.Before(_heap[below], id))
            {
                break;
            }

            Put(index, _heap[below]);
            index = below;
        }

        Put(index, id);
    }

    private void Put(int index, int id)
    {
        _heap[index] = id;
        _position[id] = index;
    }
}
