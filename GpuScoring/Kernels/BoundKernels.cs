using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>What is still open where a device knows scores within bounds only: all rows that could be among the victims.</summary>
internal static class BoundKernels
{
    /// <summary>Of the rows chosen by their upper bounds, the greatest such bound: no victim scores higher. One group.</summary>
    public static void Threshold(Scratch scratch, int terms)
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        if (scratch.Answer[Answer.Done] != Answer.Chosen)
        {
            return;
        }

        int found = (int)scratch.Answer[Answer.Found];
        ulong high = 0;
        for (int index = Group.IdxX; index < found; index += Group.DimX)
        {
            ulong key = scratch.Answer[Answer.Place(terms, index) + 1];
            high = key > high ? key : high;
        }

        Groups.Reduce(lows, highs, high, high);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.Limit] = highs[0];
            scratch.Answer[Answer.Found] = 0;
        }
    }

    /// <summary>All rows whose lower bound is not above the threshold: every victim is among them.</summary>
    public static void Within<TFormula>(DeviceTable table, Scratch scratch, int terms, int room, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] != Answer.Chosen)
        {
            return;
        }

        DeviceScales scales = scratch.Scales(terms);
        ulong limit = scratch.Answer[Answer.Limit];
        for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
        {
            if (table.Creations[row] == 0)
            {
                continue;
            }

            ulong key = OrderKey.Of(formula.Low(new DeviceRow(table, row), scales));
            if (key <= limit)
            {
                ulong slot = Atomic.Add(ref scratch.Answer[Answer.Found], 1UL);
                if (slot < (ulong)room)
                {
                    scratch.Answer[Answer.Place(terms, (int)slot)] = (ulong)row;
                    scratch.Answer[Answer.Place(terms, (int)slot) + 1] = key;
                }
            }
        }

        if (Groups.IsLast(scratch, ref last) && Group.IdxX == 0)
        {
            scratch.Answer[Answer.Done] = scratch.Answer[Answer.Found] <= (ulong)room ? Answer.Complete : Answer.TooMany;
        }
    }
}
