namespace Squelch.Policies;

/// <summary>Keys of victims in the order they went, with the bytes they held. Key 0, which names nothing, is not remembered.</summary>
internal sealed class GhostQueue
{
    // A ring, so that who comes next and who goes next lie side by side, and a hash table whose chains lead from newer ghosts to older ones. Links are numbers of ghosts: what
    // is older than the oldest is forgotten, and so is the rest of its chain, without a look at it.
    private Ghost[] _ring = [];
    private uint[] _buckets = [];

    // Numbers of the oldest and of the next ghost; those that were forgotten between them keep their places. Numbers begin anew after the last one.
    private uint _oldest;
    private uint _next;

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
        if (_next - _oldest == _ring.Length)
        {
            MakeRoom();
        }

        Place(key, bytes);
        Bytes += bytes;
    }

    /// <summary>Forgets a key; false where it was not remembered.</summary>
    public bool Remove(ulong key)
    {
        if (_ring.Length == 0 || key == 0)
        {
            return false;
        }

        uint age = _next - _oldest;
        for (uint number = Bucket(key); number - _oldest < age; number = At(number).Older)
        {
            ref Ghost ghost = ref At(number);
            if (ghost.Key == key)
            {
                ghost.Key = 0;
                Bytes -= ghost.Bytes;
                return true;
            }

            // Each is older than the one before, or its number was another one's long ago.
            age = number - _oldest;
        }

        return false;
    }

    /// <summary>Forgets the oldest keys until the rest held at most so many bytes.</summary>
    public void Trim(double bytes)
    {
        while (_oldest != _next && Bytes > bytes)
        {
            ref Ghost ghost = ref At(_oldest++);
            Bytes -= ghost.Key == 0 ? 0 : ghost.Bytes;
        }
    }

    /// <summary>Closes the gaps of a full ring, in one twice as large where they are few.</summary>
    private void MakeRoom()
    {
        Ghost[] full = _ring;
        uint end = _next;
        if (Gaps() <= full.Length / 4)
        {
            _ring = new Ghost[Math.Max(64, 2 * full.Length)];
            _buckets = new uint[_ring.Length];
        }

        _buckets.AsSpan().Fill(_oldest - 1);
        _next = _oldest;
        for (uint number = _oldest; number != end; number++)
        {
            // A ghost moves to its own place, or to one whose ghost has moved.
            Ghost ghost = full[(int)number & (full.Length - 1)];
            if (ghost.Key != 0)
            {
                Place(ghost.Key, ghost.Bytes);
            }
        }
    }

    private int Gaps()
    {
        int gaps = 0;
        foreach (ref Ghost ghost in _ring.AsSpan())
        {
            gaps += ghost.Key == 0 ? 1 : 0;
        }

        return gaps;
    }

    private void Place(ulong key, long bytes)
    {
        ref uint bucket = ref Bucket(key);
        At(_next) = new() { Key = key, Bytes = bytes, Older = bucket };
        bucket = _next++;
    }

    private ref Ghost At(uint number) => ref _ring[(int)number & (_ring.Length - 1)];

    private ref uint Bucket(ulong key) => ref _buckets[(int)(key * 0x9E3779B97F4A7C15 >> 33) & (_buckets.Length - 1)];

    private struct Ghost
    {
        /// <summary>0 where it is forgotten.</summary>
        public ulong Key;
        public long Bytes;

        /// <summary>The number of the next in its bucket.</summary>
        public uint Older;
    }
}
