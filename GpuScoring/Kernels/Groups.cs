using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>What the threads of a group, and the groups of a launch, do together.</summary>
internal static class Groups
{
    /// <summary>Most threads in a group, a power of two.</summary>
    public const int MostThreads = 256;

    /// <summary>The group's least and greatest, in the first places.</summary>
    public static void Reduce(ArrayView<ulong> lows, ArrayView<ulong> highs, ulong low, ulong high)
    {
        lows[Group.IdxX] = low;
        highs[Group.IdxX] = high;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                ulong otherLow = lows[Group.IdxX + half];
                ulong otherHigh = highs[Group.IdxX + half];
                lows[Group.IdxX] = otherLow < lows[Group.IdxX] ? otherLow : lows[Group.IdxX];
                highs[Group.IdxX] = otherHigh > highs[Group.IdxX] ? otherHigh : highs[Group.IdxX];
            }

            Group.Barrier();
        }
    }

    /// <summary>The least and greatest of what the groups left.</summary>
    public static void Gather(ArrayView<ulong> partials, int first, ArrayView<ulong> lows, ArrayView<ulong> highs)
    {
        ulong low = ulong.MaxValue;
        ulong high = 0;
        for (int group = Group.IdxX; group < Grid.DimX; group += Group.DimX)
        {
            ulong otherLow = partials[2 * (first + group)];
            ulong otherHigh = partials[(2 * (first + group)) + 1];
            low = otherLow < low ? otherLow : low;
            high = otherHigh > high ? otherHigh : high;
        }

        Reduce(lows, highs, low, high);
    }

    /// <summary>The group's least key with its place, in the first places; of equal keys any, but a place below 0 only where all are.</summary>
    public static void ReduceLeast(ArrayView<ulong> keys, ArrayView<int> places, ulong key, int place)
    {
        keys[Group.IdxX] = key;
        places[Group.IdxX] = place;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                int other = Group.IdxX + half;
                if (places[other] >= 0 && (places[Group.IdxX] < 0 || keys[other] < keys[Group.IdxX]))
                {
                    keys[Group.IdxX] = keys[other];
                    places[Group.IdxX] = places[other];
                }
            }

            Group.Barrier();
        }
    }

    /// <summary>The least of what the groups left of their keys and places.</summary>
    public static void GatherLeast(ArrayView<ulong> partials, ArrayView<ulong> keys, ArrayView<int> places)
    {
        ulong key = ulong.MaxValue;
        int place = -1;
        for (int group = Group.IdxX; group < Grid.DimX; group += Group.DimX)
        {
            ulong otherKey = partials[2 * group];
            int otherPlace = (int)partials[(2 * group) + 1];
            if (otherPlace >= 0 && (place < 0 || otherKey < key))
            {
                key = otherKey;
                place = otherPlace;
            }
        }

        ReduceLeast(keys, places, key, place);
    }

    /// <summary>The row after the block's last one.</summary>
    public static int EndOfBlock(DeviceTable table, int block)
    {
        int end = (block + 1) << Summaries.BlockBits;
        return end < table.Rows ? end : table.Rows;
    }

    /// <summary>True in the threads of the group that comes here last; it sees what the others wrote.</summary>
    public static bool IsLast(Scratch scratch, ref int last)
    {
        // The barrier orders the group's writes before its first thread's fence, which orders them before the ticket.
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            MemoryFence.DeviceLevel();
            ulong before = Atomic.Add(ref scratch.Answer[Answer.Ticket], 1UL);
            bool ends = before == (ulong)((Grid.DimX * Grid.DimY) - 1);
            if (ends)
            {
                scratch.Answer[Answer.Ticket] = 0;
            }

            last = ends ? 1 : 0;
        }

        Group.Barrier();
        if (last == 0)
        {
            return false;
        }

        MemoryFence.DeviceLevel();
        return true;
    }
}
