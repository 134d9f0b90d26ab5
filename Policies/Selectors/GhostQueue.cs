namespace Squelch.Policies;

/// <summary>Keys of victims in the order they went, with the bytes they held. Key 0, which names nothing, is not remembered.</summary>
internal sealed class GhostQueue
{
    private readonly Dictionary<ulong, int> _slots = [];
    private readonly IdLinks _links = new();
    private readonly IdQueue _queue;
    private readonly Stack<int> _free = [];
    private (ulong Key, long Bytes)[] _ghosts = [];

    public GhostQueue() => _queue = new(_links);

    /// <summary>Bytes that the remembered keys held.</summary>
    public long Bytes => _queue.Bytes;

    /// <summary>Remembers a key as the newest.</summary>
    public void Add(ulong key, long bytes)
    {
        if (key == 0)
        {
            return;
        }

        Remove(key);
        if (_free.Count == 0)
        {
            Grow();
        }

        int slot = _free.Pop();
        _ghosts[slot] = (key, bytes);
        _slots.Add(key, slot);
        _queue.Add(slot, bytes);
    }

    /// <summary>Forgets a key; false where it was not remembered.</summary>
    public bool Remove(ulong key)
    {
        if (!_slots.Remove(key, out int slot))
        {
            return false;
        }

        _queue.Remove(slot, _ghosts[slot].Bytes);
        _free.Push(slot);
        return true;
    }

    /// <summary>Forgets the oldest keys until the rest held at most so many bytes.</summary>
    public void Trim(double bytes)
    {
        while (_queue.Oldest != NodeTable.None && _queue.Bytes > bytes)
        {
            Remove(_ghosts[_queue.Oldest].Key);
        }
    }

    private void Grow()
    {
        int old = _ghosts.Length;
        int capacity = Math.Max(64, old * 2);
        Array.Resize(ref _ghosts, capacity);
        _links.Grow(capacity);
        for (int slot = capacity - 1; slot >= old; slot--)
        {
            _free.Push(slot);
        }
    }
}
