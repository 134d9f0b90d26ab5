using System.Runtime.InteropServices;

namespace Squelch.Policies;

/// <summary>
/// Counts, request by request, what Belady's rule would have missed on the requests so far, with room for so many keys and none bypassed. A key's stay
/// from one use to the next is a hit where at each moment between them fewer than room - 1 other stays are kept: taken in the order in which they end,
/// that is the most that can be kept. A moment that is full ends all stays from before it, so nothing older is remembered.
/// </summary>
internal sealed class PastOptimum(int room)
{
    private const int BlockBits = 8;
    private const int BlockLength = 1 << BlockBits;
    private const int KeysPerMoment = 2;
    private readonly Dictionary<ulong, long> _lastUses = [];

    // Stays over a moment: of the moment in its block, and of the whole block; the most in a block is kept beside them.
    private readonly List<int[]> _blocks = [];
    private readonly List<int> _whole = [];
    private readonly List<int> _most = [];
    private long _firstBlock;
    private long _full = -1;
    private long _now = -1;

    /// <summary>Requests that it missed.</summary>
    public long Misses { get; private set; }

    /// <summary>The next request; true where the optimum has the key.</summary>
    public bool Request(ulong key)
    {
        _now++;
        if (_now >> BlockBits == _firstBlock + _blocks.Count)
        {
            _blocks.Add(new int[BlockLength]);
            _whole.Add(0);
            _most.Add(0);
        }

        ref long last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastUses, key, out bool known);
        long from = known ? last + 1 : long.MaxValue;
        last = _now;
        bool hit = known && from > _full && (room > 1 || from == _now);
        if (hit)
        {
            Keep(from, _now);
        }
        else
        {
            Misses++;
        }

        Forget();
        return hit;
    }

    private void Keep(long from, long until)
    {
        for (long block = from >> BlockBits; from < until; block++)
        {
            int at = (int)(block - _firstBlock);
            long end = Math.Min(until, (block + 1) << BlockBits);
            if (end - from == BlockLength)
            {
                _whole[at]++;
            }
            else
            {
                int[] stays = _blocks[at];
                for (long moment = from; moment < end; moment++)
                {
                    int count = ++stays[(int)(moment & (BlockLength - 1))];
                    _most[at] = Math.Max(_most[at], count);
                }
            }

            if (_most[at] + _whole[at] >= room - 1)
            {
                int[] stays = _blocks[at];
                int whole = _whole[at];
                int last = Array.FindLastIndex(stays, count => count + whole >= room - 1);
                _full = Math.Max(_full, (block << BlockBits) + last);
            }

            from = end;
        }
    }

    /// <summary>Drops what lies before the last full moment.</summary>
    private void Forget()
    {
        int gone = (int)Math.Min(((_full + 1) >> BlockBits) - _firstBlock, _blocks.Count);
        if (gone > BlockLength)
        {
            _blocks.RemoveRange(0, gone);
            _whole.RemoveRange(0, gone);
            _most.RemoveRange(0, gone);
            _firstBlock += gone;
        }

        if (_lastUses.Count > KeysPerMoment * (_now - _full + BlockLength))
        {
            foreach ((ulong key, long use) in _lastUses)
            {
                if (use < _full)
                {
                    _lastUses.Remove(key);
                }
            }
        }
    }
}
