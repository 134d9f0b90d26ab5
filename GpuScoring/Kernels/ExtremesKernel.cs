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
        for (int term = 0; term < terms; term++)
        {
            ulong low = OrderKey.Of(double.PositiveInfinity);
            ulong high = OrderKey.Of(double.NegativeInfinity);
            for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
            {
                if (table.Creations[row] != 0)
                {
                    ulong key = OrderKey.Of(formula.Term(term, new DeviceRow(table, row)));
                    if (key <= OrderKey.Of(double.PositiveInfinity))
                    {
                        low = key < low ? key : low;
                        high = key > high ? key : high;
                    }
                }
            }

            Groups.Reduce(lows, highs, low, high);
            if (Group.IdxX == 0)
            {
                scratch.Partials[2 * ((term * Grid.DimX) + Grid.IdxX)] = lows[0];
                scratch.Partials[(2 * ((term * Grid.DimX) + Grid.IdxX)) + 1] = highs[0];
            }

            Group.Barrier();
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
}
