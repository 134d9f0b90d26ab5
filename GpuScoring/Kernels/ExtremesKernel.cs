using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>The extremes that terms are scaled to. One launch; the group that finishes last combines what the groups found, so the host is not waited for.</summary>
internal static class ExtremesKernel
{
    /// <summary>The least and greatest value of each scaled term over the candidates, NaN left out.</summary>
    public static void Extremes<TFormula>(DeviceTable table, Scratch scratch, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        // Two terms a pass: most policies have no more, and rows are read once.
        for (int term = 0; term < terms; term += 2)
        {
            ulong low = OrderKey.Of(double.PositiveInfinity);
            ulong high = OrderKey.Of(double.NegativeInfinity);
            ulong otherLow = low;
            ulong otherHigh = high;
            for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
            {
                if (table.Creations[row] != 0)
                {
                    var node = new DeviceRow(table, row);
                    Widen(OrderKey.Of(formula.Term(term, node)), ref low, ref high);
                    if (term + 1 < terms)
                    {
                        Widen(OrderKey.Of(formula.Term(term + 1, node)), ref otherLow, ref otherHigh);
                    }
                }
            }

            Keep(scratch, term, lows, highs, low, high);
            if (term + 1 < terms)
            {
                Keep(scratch, term + 1, lows, highs, otherLow, otherHigh);
            }
        }

        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        for (int term = 0; term < terms; term++)
        {
            Groups.Gather(scratch.Partials, term * Grid.DimX, lows, highs);
            if (Group.IdxX == 0)
            {
                scratch.Answer[Answer.Header + (2 * term)] = OrderKey.Number(lows[0]);
                scratch.Answer[Answer.Header + (2 * term) + 1] = OrderKey.Number(highs[0]);
            }

            Group.Barrier();
        }
    }

    /// <summary>NaN takes no part.</summary>
    private static void Widen(ulong key, ref ulong low, ref ulong high)
    {
        if (key <= OrderKey.Of(double.PositiveInfinity))
        {
            low = key < low ? key : low;
            high = key > high ? key : high;
        }
    }

    /// <summary>What the group found of a term, for the group that ends the launch.</summary>
    private static void Keep(Scratch scratch, int term, ArrayView<ulong> lows, ArrayView<ulong> highs, ulong low, ulong high)
    {
        Groups.Reduce(lows, highs, low, high);
        if (Group.IdxX == 0)
        {
            scratch.Partials[2 * ((term * Grid.DimX) + Grid.IdxX)] = lows[0];
            scratch.Partials[(2 * ((term * Grid.DimX) + Grid.IdxX)) + 1] = highs[0];
        }

        Group.Barrier();
    }
}
