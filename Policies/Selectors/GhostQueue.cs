namespace Squelch.Policies;

/// <summary>Keys of victims in the order they went, with the bytes they held. Key 0, which names nothing, is not remembered.</summary>
internal sealed class GhostQueue
{
    private const int None = NodeTable.None;

    // A hash table whose chains, like the queue, are links between slots: what is asked of one key lies in one place.
    private int[] _buckets = [];
    private Ghost[] _ghosts = [];
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    /// <summary>Bytes that the remembered keys held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Remembers a key as the newest.</summary>
    public void Add(ulong key, long bytes)
    {
        if (key == 0)
        {
            return;
        }

        Remove(key);
        if (_free == None)
        {
            Grow();
        }

        int slot = _free;
        ref Ghost ghost = ref _ghosts[slot];
        _free = ghost.Next;
        ref int bucket = ref Bucket(key);
        ghost = new() { Key = key, Bytes = bytes, Older = _newest, Newer = None, Next = bucket };
        bucket = slot;
        (_newest == None ? ref _oldest : ref _ghosts[_newest].Newer) = slot;
        _newest = slot;
        Bytes += bytes;
    }

    /// <summary>Forgets a key; false where it was not remembered.</summary>
    public bool Remove(ulong key)
    {
        if (_buckets.Length == 0)
        {
            return false;
        }

        ref int link = ref Bucket(key);
        while (link != None && _ghosts[link].Key != key)
        {
            link = ref _ghosts[link].Next;
        }

        if (link == None)
        {
            return false;
        }

        int slot = link;
        ref Ghost ghost = ref _ghosts[slot];
        link = ghost.Next;
        (ghost.Older == None ? ref _oldest : ref _ghosts[ghost.Older].Newer) = ghost.Newer;
        (ghost.Newer == None ? ref _newest : ref _ghosts[ghost.Newer].Older) = ghost.Older;
        Bytes -= ghost.Bytes;
        ghost.Next = _free;
        _free = slot;
        return true;
    }

    /// <summary>Forgets the oldest keys until the rest held at most so many bytes.</summary>
    public void Trim(double bytes)
    {
        while (_oldest != None && Bytes > bytes)
        {
            Remove(_ghosts[_oldest].Key);
        }
    }

    private void Grow()
    {
        int old = _ghosts.Length;
        Array.Resize(ref _ghosts, Math.Max(64, 2 * old));
        _buckets = new int[_ghosts.Length];
        _buckets.AsSpan().Fill(None);
        for (int slot = 0; slot < old; slot++)
        {
            // All slots are taken, or there were none.
            ref int bucket = ref Bucket(_ghosts[slot].Key);
            _ghosts[slot].Next = bucket;
            bucket = slot;
        }

        for (int slot = _ghosts.Length - 1; slot >= old; slot--)
        {
            _ghosts[slot].Next = _free;
            _free = slot;
        }
    }

    private ref int Bucket(ulong key) => ref _buckets[(int)(key * 0x9E3779B97F4A7C15 >> 33) & (_buckets.Length - 1)];

    private struct Ghost
    {
        public ulong Key;
        public long Bytes;
        public int Older;
        public int Newer;

        /// <summary>The next in its bucket, or the next free one.</summary>
        public int Next;
    }
}
