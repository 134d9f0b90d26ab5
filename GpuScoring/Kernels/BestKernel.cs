using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>One victim: the candidate with the lowest score, in one launch.</summary>
internal static class BestKernel
{
    /// <summary>The one candidate with the lowest score.</summary>
    public static void Best<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<int> rows = SharedMemory.Allocate<int>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        DeviceScales scales = scratch.Scales(terms);
        ulong best = OrderKey.None;
        int bestRow = -1;
        for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
        {
            if (table.Creations[row] != 0)
            {
                ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
                if (Before(table, scales, orders, formula, key, row, best, bestRow))
                {
                    best = key;
                    bestRow = row;
                }
            }
        }

        Finish(table, scratch, terms, orders, formula, keys, rows, ref last, best, bestRow);
    }

    /// <summary>The same, among the blocks whose bound is not above the limit.</summary>
    public static void BestOfBlocks<TFormula>(DeviceTable table, Summaries blocks, Scratch scratch, int terms, int orders, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<int> rows = SharedMemory.Allocate<int>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] == Answer.Spoiled)
        {
            return;
        }

        DeviceScales scales = scratch.Scales(terms);
        ulong limit = scratch.Answer[Answer.Limit];
        ulong best = OrderKey.None;
        int bestRow = -1;
        for (int block = Grid.IdxX; block < blocks.Count; block += Grid.DimX)
        {
            // An equal bound may hide a tie.
            if (blocks.Keys[block] > limit)
            {
                continue;
            }

            int end = Groups.EndOfBlock(table, block);
            for (int row = (block << Summaries.BlockBits) + Group.IdxX; row < end; row += Group.DimX)
            {
                if (table.Creations[row] != 0)
                {
                    ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
                    if (Before(table, scales, orders, formula, key, row, best, bestRow))
                    {
                        best = key;
                        bestRow = row;
                    }
                }
            }
        }

        Finish(table, scratch, terms, orders, formula, keys, rows, ref last, best, bestRow);
    }

    /// <summary>The best of the group's threads, then of the groups.</summary>
    private static void Finish<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, TFormula formula, ArrayView<ulong> keys, ArrayView<int> rows, ref int last, ulong best, int bestRow)
        where TFormula : unmanaged, IDeviceFormula
    {
        DeviceScales scales = scratch.Scales(terms);
        ReduceBest(table, scales, orders, formula, keys, rows, best, bestRow);
        if (Group.IdxX == 0)
        {
            scratch.Partials[2 * Grid.IdxX] = keys[0];
            scratch.Partials[(2 * Grid.IdxX) + 1] = (ulong)rows[0];
        }

        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        best = OrderKey.None;
        bestRow = -1;
        for (int group = Group.IdxX; group < Grid.DimX; group += Group.DimX)
        {
            int row = (int)scratch.Partials[(2 * group) + 1];
            if (row >= 0 && Before(table, scales, orders, formula, scratch.Partials[2 * group], row, best, bestRow))
            {
                best = scratch.Partials[2 * group];
                bestRow = row;
            }
        }

        ReduceBest(table, scales, orders, formula, keys, rows, best, bestRow);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.Found] = 1;
            scratch.Answer[Answer.Done] = Answer.Chosen;
            scratch.Answer[Answer.Place(terms, 0)] = (ulong)rows[0];
            scratch.Answer[Answer.Place(terms, 0) + 1] = keys[0];
        }
    }

    /// <summary>True where the row goes before the best one: by key, by further scores, by creation number.</summary>
    private static bool Before<TFormula>(DeviceTable table, DeviceScales scales, int orders, TFormula formula, ulong key, int row, ulong best, int bestRow)
        where TFormula : unmanaged, IDeviceFormula
    {
        if (key != best || bestRow < 0)
        {
            return key < best;
        }

        for (int order = 1; order < orders; order++)
        {
            ulong own = OrderKey.Of(formula.Score(order, new DeviceRow(table, row), scales));
            ulong other = OrderKey.Of(formula.Score(order, new DeviceRow(table, bestRow), scales));
            if (own != other)
            {
                return own < other;
            }
        }

        return table.Creations[row] < table.Creations[bestRow];
    }

    private static void ReduceBest<TFormula>(DeviceTable table, DeviceScales scales, int orders, TFormula formula, ArrayView<ulong> keys, ArrayView<int> rows, ulong best, int bestRow)
        where TFormula : unmanaged, IDeviceFormula
    {
        keys[Group.IdxX] = best;
        rows[Group.IdxX] = bestRow;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                int other = Group.IdxX + half;
                if (rows[other] >= 0 && Before(table, scales, orders, formula, keys[other], rows[other], keys[Group.IdxX], rows[Group.IdxX]))
                {
                    keys[Group.IdxX] = keys[other];
                    rows[Group.IdxX] = rows[other];
                }
            }

            Group.Barrier();
        }
    }
}
