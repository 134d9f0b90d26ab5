namespace Squelch.CompilerServices;

/// <summary>
/// Ids in order, doubly linked. Keys that only grow put an id at the tail in a step or two; one out of order is found a place from both ends.
/// </summary>
/// <typeparam name="TOrder">A total order.</typeparam>
internal sealed class OrderedList<TOrder>
    where TOrder : struct, ITieOrder
{
    private const int None = -1;
    private const int Absent = -2;

    private int[] _next = [];
    private int[] _previous = [];
    private int _tail = None;

    /// <summary>The first id, or -1.</summary>
    public int First { get; private set; } = None;

    public void Grow(int ids)
    {
        int old = _next.Length;
        Array.Resize(ref _next, ids);
        Array.Resize(ref _previous, ids);
        _next.AsSpan(old).Fill(Absent);
    }

    public bool Contains(int id) => _next[id] != Absent;

    /// <summary>The id after this one, or -1.</summary>
    public int Next(int id) => _next[id];

    public void Add(int id, TOrder order)
    {
        // After: the id goes behind it. Walk from the tail and from the head in turn, whichever arrives first.
        int after = _tail;
        int before = First;
        while (after != None && order.Before(id, after))
        {
            if (order.Before(id, before))
            {
                after = _previous[before];
                break;
            }

            before = _next[before];
            after = _previous[after];
        }

        int next = after == None ? First : _next[after];
        _previous[id] = after;
        _next[id] = next;
        if (after == None)
        {
            First = id;
        }
        else
        {
            _next[after] = id;
        }

        if (next == None)
        {
            _tail = id;
        }
        else
        {
            _previous[next] = id;
        }
    }

    public void Remove(int id)
    {
        int previous = _previous[id];
        int next = _next[id];
        if (previous == None)
        {
            First = next;
        }
        else
        {
            _next[previous] = next;
        }

        if (next == None)
        {
            _tail = previous;
        }
        else
        {
            _previous[next] = previous;
        }

        _next[id] = Absent;
    }
}
