using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>Several victims by a guessed threshold: one pass scores the rows and keeps those below; no keys are written and none are counted.</summary>
internal static class GuessKernel
{
    /// <summary>All candidates whose key is not above the limit, where these are at least as many as are wanted and no more than there is room for.</summary>
    public static void Below<TFormula>(DeviceTable table, Summaries blocks, Scratch scratch, int terms, int wanted, int room, ulong limit, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ref int last = ref SharedMemory.Allocate<int>();
        if (blocks.Count > 0 && scratch.Answer[Answer.Done] == Answer.Spoiled)
        {
            return;
        }

        DeviceScales scales = scratch.Scales(terms);
        int count = (table.Rows + (1 << Summaries.BlockBits) - 1) >> Summaries.BlockBits;
        for (int block = Grid.IdxX; block < count; block += Grid.DimX)
        {
            if (blocks.Count > 0 && blocks.Keys[block] > limit)
            {
                continue;
            }

            int end = Groups.EndOfBlock(table, block);
            for (int row = (block << Summaries.BlockBits) + Group.IdxX; row < end; row += Group.DimX)
            {
                if (table.Creations[row] == 0)
                {
                    continue;
                }

                ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
                if (key <= limit)
                {
                    ulong slot = Atomic.Add(ref scratch.Answer[Answer.Next], 1UL);
                    if (slot < (ulong)room)
                    {
                        scratch.Answer[Answer.Place(terms, (int)slot)] = (ulong)row;
                        scratch.Answer[Answer.Place(terms, (int)slot) + 1] = key;
                    }
                }
            }
        }

        if (Groups.IsLast(scratch, ref last) && Group.IdxX == 0)
        {
            ulong found = scratch.Answer[Answer.Next];
            scratch.Answer[Answer.Next] = 0;
            scratch.Answer[Answer.Found] = found;
            scratch.Answer[Answer.Done] = found >= (ulong)wanted && found <= (ulong)room ? Answer.Chosen : Answer.Missed;
        }
    }
}
