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
