namespace Squelch.Policies;

/// <summary>Links between ids that several queues share: an id stands in at most one of them.</summary>
internal sealed class IdLinks
{
    private (int Older, int Newer)[] _links = [];

    /// <summary>Makes room for ids below <paramref name="capacity"/>.</summary>
    public void Grow(int capacity) => Array.Resize(ref _links, capacity);

    public ref int Older(int id) => ref _links[id].Older;

    public ref int Newer(int id) => ref _links[id].Newer;
}

/// <summary>Ids in the order they were put in, doubly linked through shared links.</summary>
internal sealed class IdQueue(IdLinks links)
{
    /// <summary>The id put in first, or <see cref="NodeTable.None"/>.</summary>
    public int Oldest { get; private set; } = NodeTable.None;

    /// <summary>The id put in last, or <see cref="NodeTable.None"/>.</summary>
    public int Newest { get; private set; } = NodeTable.None;

    /// <summary>Bytes of its ids, as given when they were put in.</summary>
    public long Bytes { get; private set; }

    /// <summary>The id put in next after this one, or <see cref="NodeTable.None"/>.</summary>
    public int Newer(int id) => links.Newer(id);

    /// <summary>Puts an id in as the newest.</summary>
    public void Add(int id, long bytes)
    {
        links.Older(id) = Newest;
        links.Newer(id) = NodeTable.None;
        if (Newest == NodeTable.None)
        {
            Oldest = id;
        }
        else
        {
            links.Newer(Newest) = id;
        }

        Newest = id;
        Bytes += bytes;
    }

    /// <summary>Takes an id out, with the bytes it was put in with.</summary>
    public void Remove(int id, long bytes)
    {
        int older = links.Older(id);
        int newer = links.Newer(id);
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
