using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>Bounds of blocks of rows: renewed where rows changed, and turned into bounds of scores.</summary>
internal static class SummaryKernels
{
    /// <summary>Computes the bounds of changed blocks again, then what is the least and greatest of all, and from that the extremes of the scaled terms.</summary>
    public static void Renew<TFormula>(DeviceTable table, Summaries blocks, Scratch scratch, int columns, int single, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        for (int block = Grid.IdxX; block < blocks.Count; block += Grid.DimX)
        {
            if (blocks.Changed[block] != 0)
            {
                RenewBlock(table, blocks, block, columns, single, lows, highs);
            }
        }

        Group.Barrier();
        AddUp(blocks, scratch, columns, lows, highs);
        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        EndRenewal(blocks, scratch, columns, lows, highs);
        if (Group.IdxX == 0)
        {
            var totals = new DeviceTable(blocks.Totals, default, 2, 2, blocks.SingleTotals);
            for (int term = 0; term < terms; term++)
            {
                // The term is monotone in the one column that it reads, so its extremes are where that column's are.
                ulong first = OrderKey.Of(formula.Term(term, new DeviceRow(totals, 0)));
                ulong second = OrderKey.Of(formula.Term(term, new DeviceRow(totals, 1)));
                scratch.Answer[Answer.Header + (2 * term)] = OrderKey.Number(first < second ? first : second);
                scratch.Answer[Answer.Header + (2 * term) + 1] = OrderKey.Number(first < second ? second : first);
            }
        }
    }

    /// <summary>The key that no candidate of a block is below, for each block; then, of the block where it is lowest, the lowest score: no victim is above.</summary>
    public static void Bound<TFormula>(DeviceTable table, Summaries blocks, Scratch scratch, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<int> places = SharedMemory.Allocate<int>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] == Answer.Spoiled)
        {
            return;
        }

        DeviceScales scales = scratch.Scales(terms);
        ulong least = OrderKey.None;
        int place = -1;
        for (int block = Grid.GlobalIndex.X; block < blocks.Count; block += Grid.DimX * Group.DimX)
        {
            ulong key = OrderKey.None;
            if ((blocks.States[block] & Summaries.Held) != 0)
            {
                // A bound that is NaN says nothing: the block is looked at.
                key = OrderKey.Of(formula.Bound(new DeviceBlock(blocks.Bounds, blocks.Changed.Length, block), scales));
                key = key > OrderKey.Of(double.PositiveInfinity) ? 0 : key;
                place = key < least || place < 0 ? block : place;
                least = key < least ? key : least;
            }

            blocks.Keys[block] = key;
        }

        Groups.ReduceLeast(keys, places, least, place);
        if (Group.IdxX == 0)
        {
            scratch.Partials[2 * Grid.IdxX] = keys[0];
            scratch.Partials[(2 * Grid.IdxX) + 1] = (ulong)places[0];
        }

        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        Groups.GatherLeast(scratch.Partials, keys, places);
        Group.Barrier();
        int lowest = places[0];
        Group.Barrier();
        LimitBy(table, scratch, lowest, scales, formula, keys, places);
    }

    /// <summary>The lowest score of a block's candidates: no victim is above.</summary>
    private static void LimitBy<TFormula>(DeviceTable table, Scratch scratch, int lowest, DeviceScales scales, TFormula formula, ArrayView<ulong> keys, ArrayView<int> places)
        where TFormula : unmanaged, IDeviceFormula
    {
        ulong least = OrderKey.None;
        int end = Groups.EndOfBlock(table, lowest);
        for (int row = (lowest << Summaries.BlockBits) + Group.IdxX; row < end; row += Group.DimX)
        {
            if (table.Creations[row] != 0)
            {
                ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
                least = key < least ? key : least;
            }
        }

        Groups.ReduceLeast(keys, places, least, 0);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.Limit] = keys[0];
        }
    }

    private static void RenewBlock(DeviceTable table, Summaries blocks, int block, int columns, int single, ArrayView<ulong> lows, ArrayView<ulong> highs)
    {
        int end = Groups.EndOfBlock(table, block);
        int first = (block << Summaries.BlockBits) + Group.IdxX;
        ulong spoiled = 0;
        ulong held = 0;
        for (int column = 0; column < columns; column++)
        {
            ulong low = OrderKey.Of(double.PositiveInfinity);
            ulong high = OrderKey.Of(double.NegativeInfinity);
            for (int row = first; row < end; row += Group.DimX)
            {
                if (table.Creations[row] != 0)
                {
                    held = 1;
                    var node = new DeviceRow(table, row);
                    ulong key = OrderKey.Of(single != 0 ? node.Single(column) : node.Column(column));
                    if (key <= OrderKey.Of(double.PositiveInfinity))
                    {
                        low = key < low ? key : low;
                        high = key > high ? key : high;
                    }
                    else
                    {
                        spoiled = 1;
                    }
                }
            }

            Groups.Reduce(lows, highs, low, high);
            if (Group.IdxX == 0)
            {
                long stride = blocks.Changed.Length;
                blocks.Bounds[(2 * column * stride) + block] = Interop.IntAsFloat(OrderKey.Number(lows[0]));
                blocks.Bounds[(((2 * column) + 1) * stride) + block] = Interop.IntAsFloat(OrderKey.Number(highs[0]));
            }

            Group.Barrier();
        }

        Groups.Reduce(lows, highs, 1 - held, spoiled);
        if (Group.IdxX == 0)
        {
            blocks.States[block] = (lows[0] == 0 ? Summaries.Held : 0) | (highs[0] != 0 ? Summaries.Spoiled : 0);
            blocks.Changed[block] = 0;
        }

        Group.Barrier();
    }

    /// <summary>The least and greatest over the group's own blocks, the only ones whose new bounds it sees.</summary>
    private static void AddUp(Summaries blocks, Scratch scratch, int columns, ArrayView<ulong> lows, ArrayView<ulong> highs)
    {
        long stride = blocks.Changed.Length;
        ulong spoiled = 0;
        for (int column = 0; column <= columns; column++)
        {
            ulong low = OrderKey.Of(double.PositiveInfinity);
            ulong high = column < columns ? OrderKey.Of(double.NegativeInfinity) : spoiled;
            for (int block = Grid.IdxX + (Group.IdxX * Grid.DimX); block < blocks.Count && column < columns; block += Grid.DimX * Group.DimX)
            {
                int state = blocks.States[block];
                if ((state & Summaries.Held) != 0)
                {
                    ulong ownLow = OrderKey.Of(blocks.Bounds[(2 * column * stride) + block]);
                    ulong ownHigh = OrderKey.Of(blocks.Bounds[(((2 * column) + 1) * stride) + block]);
                    low = ownLow < low ? ownLow : low;
                    high = ownHigh > high ? ownHigh : high;
                    spoiled = (state & Summaries.Spoiled) != 0 ? 1 : spoiled;
                }
            }

            // After the columns comes whether a block of the group is spoiled.
            high = column < columns ? high : spoiled;
            Groups.Reduce(lows, highs, low, high);
            if (Group.IdxX == 0)
            {
                scratch.Partials[2 * ((column * Grid.DimX) + Grid.IdxX)] = lows[0];
                scratch.Partials[(2 * ((column * Grid.DimX) + Grid.IdxX)) + 1] = highs[0];
            }

            Group.Barrier();
        }
    }

    private static void EndRenewal(Summaries blocks, Scratch scratch, int columns, ArrayView<ulong> lows, ArrayView<ulong> highs)
    {
        for (int column = 0; column <= columns; column++)
        {
            Groups.Gather(scratch.Partials, column * Grid.DimX, lows, highs);
            if (Group.IdxX == 0 && column < columns)
            {
                double low = Interop.IntAsFloat(OrderKey.Number(lows[0]));
                double high = Interop.IntAsFloat(OrderKey.Number(highs[0]));
                blocks.Totals[2 * column] = low;
                blocks.Totals[(2 * column) + 1] = high;
                blocks.SingleTotals[2 * column] = (float)low;
                blocks.SingleTotals[(2 * column) + 1] = (float)high;
            }
            else if (Group.IdxX == 0)
            {
                scratch.Answer[Answer.Done] = highs[0] != 0 ? Answer.Spoiled : 0;
            }

            Group.Barrier();
        }
    }
}
