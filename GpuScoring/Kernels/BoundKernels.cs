using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>What is still open where a device knows scores within bounds only: all rows that could be among the victims.</summary>
internal static class BoundKernels
{
    /// <summary>Of the rows chosen by their upper bounds, the greatest such bound: no victim scores higher. One group.</summary>
    public static void Threshold<TFormula>(DeviceTable table, Scratch scratch, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        if (scratch.Answer[Answer.Done] != Answer.Chosen)
        {
            return;
        }

        DeviceScales scales = scratch.Scales(terms);
        int found = (int)scratch.Answer[Answer.Found];
        ulong high = 0;
        for (int index = Group.IdxX; index < found; index += Group.DimX)
        {
            int row = (int)scratch.Answer[Answer.Header + (2 * terms) + index];
            ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
            high = key > high ? key : high;
        }

        Groups.Reduce(lows, highs, high, high);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.High] = highs[0];
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
        ulong threshold = scratch.Answer[Answer.High];
        for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
        {
            if (table.Creations[row] != 0 && OrderKey.Of(formula.Low(new DeviceRow(table, row), scales)) <= threshold)
            {
                ulong slot = Atomic.Add(ref scratch.Answer[Answer.Found], 1UL);
                if (slot < (ulong)room)
                {
                    scratch.Answer[Answer.Header + (2 * terms) + (int)slot] = (ulong)row;
                }
            }
        }

        if (Groups.IsLast(scratch, ref last) && Group.IdxX == 0)
        {
            scratch.Answer[Answer.Done] = scratch.Answer[Answer.Found] <= (ulong)room ? Answer.Complete : Answer.TooMany;
        }
    }
}
