using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>The memory that the steps of a selection share.</summary>
internal readonly struct Scratch(
    ArrayView<ulong> answer,
    ArrayView<ulong> partials,
    ArrayView<int> histogram,
    ArrayView<ulong> keys,
    ArrayView<ulong> otherKeys,
    ArrayView<int> rows,
    ArrayView<int> otherRows)
{
    /// <summary>See <see cref="Squelch.GpuScoring.Answer"/>.</summary>
    public readonly ArrayView<ulong> Answer = answer;

    /// <summary>Two numbers per group, and per scaled term where there are more of those.</summary>
    public readonly ArrayView<ulong> Partials = partials;

    /// <summary>Rows per bin.</summary>
    public readonly ArrayView<int> Histogram = histogram;

    /// <summary>Keys of the active rows.</summary>
    public readonly ArrayView<ulong> Keys = keys;

    /// <summary>Keys of the rows that stay active.</summary>
    public readonly ArrayView<ulong> OtherKeys = otherKeys;

    /// <summary>The active rows.</summary>
    public readonly ArrayView<int> Rows = rows;

    /// <summary>The rows that stay active.</summary>
    public readonly ArrayView<int> OtherRows = otherRows;
}

/// <summary>
/// The steps of a selection. Each is one launch over all rows or all active rows; what combines the groups' results is done by the group that
/// finishes last, so that no step waits for the host.
/// </summary>
internal static class SelectionKernels
{
    /// <summary>Most threads in a group, a power of two.</summary>
    public const int MostThreads = 256;

    /// <summary>Bins per round; a multiple of <see cref="MostThreads"/>.</summary>
    public const int Bins = 1024;

    /// <summary>Writes changed rows: per row its number, its creation number (0 where it is no candidate) and its columns.</summary>
    public static void Scatter(DeviceTable table, ArrayView<ulong> changes, int count, int columns, int single)
    {
        for (int change = Grid.GlobalIndex.X; change < count; change += Grid.DimX * Group.DimX)
        {
            int at = change * (columns + 2);
            int row = (int)changes[at];
            table.Creations[row] = (long)changes[at + 1];
            for (int column = 0; column < columns; column++)
            {
                double value = Interop.IntAsFloat(changes[at + 2 + column]);
                if (single != 0)
                {
                    table.Singles[(column * table.Stride) + row] = (float)value;
                }
                else
                {
                    table.Columns[(column * table.Stride) + row] = value;
                }
            }
        }
    }

    /// <summary>The least and greatest value of each scaled term over the candidates, NaN left out.</summary>
    public static void Extremes<TFormula>(DeviceTable table, Scratch scratch, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(MostThreads);
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

            Reduce(lows, highs, low, high);
            if (Group.IdxX == 0)
            {
                scratch.Partials[2 * ((term * Grid.DimX) + Grid.IdxX)] = lows[0];
                scratch.Partials[(2 * ((term * Grid.DimX) + Grid.IdxX)) + 1] = highs[0];
            }

            Group.Barrier();
        }

        if (!IsLast(scratch, ref last))
        {
            return;
        }

        for (int term = 0; term < terms; term++)
        {
            Gather(scratch.Partials, term * Grid.DimX, lows, highs);
            if (Group.IdxX == 0)
            {
                scratch.Answer[Answer.Header + (2 * term)] = OrderKey.Number(lows[0]);
                scratch.Answer[Answer.Header + (2 * term) + 1] = OrderKey.Number(highs[0]);
            }

            Group.Barrier();
        }
    }

    /// <summary>The one candidate with the lowest score.</summary>
    public static void Best<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
        => Best(table, scratch, terms, orders, 0, formula);

    /// <summary>The candidate with the lowest score under each of several formulas, one per line of groups.</summary>
    public static void BestOfMany<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, ArrayView<TFormula> formulas)
        where TFormula : unmanaged, IDeviceFormula
        => Best(table, scratch, terms, orders, Grid.IdxY, formulas[Grid.IdxY]);

    /// <summary>The key of each candidate's first score, and their least and greatest.</summary>
    public static void Keys<TFormula>(DeviceTable table, Scratch scratch, int terms, int wanted, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        DeviceScales scales = Scales(scratch, terms);
        ulong low = ulong.MaxValue;
        ulong high = 0;
        for (int row = Grid.GlobalIndex.X; row < table.Rows; row += Grid.DimX * Group.DimX)
        {
            ulong key = OrderKey.None;
            if (table.Creations[row] != 0)
            {
                key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
                low = key < low ? key : low;
                high = key > high ? key : high;
            }

            scratch.Keys[row] = key;
            scratch.Rows[row] = row;
        }

        Reduce(lows, highs, low, high);
        if (Group.IdxX == 0)
        {
            scratch.Partials[2 * Grid.IdxX] = lows[0];
            scratch.Partials[(2 * Grid.IdxX) + 1] = highs[0];
        }

        if (!IsLast(scratch, ref last))
        {
            return;
        }

        Gather(scratch.Partials, 0, lows, highs);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.Found] = 0;
            scratch.Answer[Answer.Done] = 0;
            scratch.Answer[Answer.Order] = 0;
            scratch.Answer[Answer.Wanted] = (ulong)wanted;
            scratch.Answer[Answer.Active] = (ulong)table.Rows;
            StartRound(scratch, lows[0], highs[0]);
        }

        for (int bin = Group.IdxX; bin < Bins; bin += Group.DimX)
        {
            scratch.Histogram[bin] = 0;
        }
    }

    /// <summary>Counts the active rows per bin of their keys, and finds the bin in which the last victim lies.</summary>
    /// <param name="scratch">Shared memory of the steps.</param>
    /// <param name="room">Rows that the answer has room for.</param>
    public static void Count(Scratch scratch, int room)
    {
        ArrayView<int> counts = SharedMemory.Allocate<int>(Bins);
        ArrayView<int> sums = SharedMemory.Allocate<int>(MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] != 0)
        {
            return;
        }

        for (int bin = Group.IdxX; bin < Bins; bin += Group.DimX)
        {
            counts[bin] = 0;
        }

        Group.Barrier();
        int active = (int)scratch.Answer[Answer.Active];
        ulong low = scratch.Answer[Answer.Low];
        int shift = (int)scratch.Answer[Answer.Shift];
        for (int index = Grid.GlobalIndex.X; index < active; index += Grid.DimX * Group.DimX)
        {
            ulong key = scratch.Keys[index];
            if (key != OrderKey.None)
            {
                Atomic.Add(ref counts[(int)((key - low) >> shift)], 1);
            }
        }

        Group.Barrier();
        for (int bin = Group.IdxX; bin < Bins; bin += Group.DimX)
        {
            if (counts[bin] != 0)
            {
                Atomic.Add(ref scratch.Histogram[bin], counts[bin]);
            }
        }

        Group.Barrier();
        if (!IsLast(scratch, ref last))
        {
            return;
        }

        // Each thread adds up a run of bins; one walks the sums, then the bins of the run that holds the last victim.
        int run = Bins / Group.DimX;
        int sum = 0;
        for (int bin = Group.IdxX * run; bin < (Group.IdxX + 1) * run; bin++)
        {
            counts[bin] = scratch.Histogram[bin];
            scratch.Histogram[bin] = 0;
            sum += counts[bin];
        }

        sums[Group.IdxX] = sum;
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int wanted = (int)scratch.Answer[Answer.Wanted];
            int below = 0;
            int at = 0;
            while (at < Group.DimX - 1 && below + sums[at] < wanted)
            {
                below += sums[at];
                at++;
            }

            int bin = at * run;
            while (bin < Bins - 1 && below + counts[bin] < wanted)
            {
                below += counts[bin];
                bin++;
            }

            scratch.Answer[Answer.Bin] = (ulong)bin;
            scratch.Answer[Answer.Below] = (ulong)below;
            scratch.Answer[Answer.Take] = (int)scratch.Answer[Answer.Found] + below + counts[bin] <= room ? 1UL : 0UL;
        }
    }

    /// <summary>Takes the rows below the last victim's bin, and keeps that bin's rows active or takes them too.</summary>
    public static void Divide<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] != 0)
        {
            return;
        }

        DeviceScales scales = Scales(scratch, terms);
        int active = (int)scratch.Answer[Answer.Active];
        ulong low = scratch.Answer[Answer.Low];
        int shift = (int)scratch.Answer[Answer.Shift];
        ulong bin = scratch.Answer[Answer.Bin];
        bool take = scratch.Answer[Answer.Take] != 0;
        bool equal = low == scratch.Answer[Answer.High];
        int next = (int)scratch.Answer[Answer.Order] + 1;
        int chosen = Answer.Header + (2 * terms);
        ulong nextLow = ulong.MaxValue;
        ulong nextHigh = 0;
        for (int index = Grid.GlobalIndex.X; index < active; index += Grid.DimX * Group.DimX)
        {
            ulong key = scratch.Keys[index];
            if (key == OrderKey.None)
            {
                continue;
            }

            ulong own = (key - low) >> shift;
            if (own < bin || (own == bin && take))
            {
                ulong slot = Atomic.Add(ref scratch.Answer[Answer.Found], 1UL);
                scratch.Answer[chosen + (int)slot] = (ulong)scratch.Rows[index];
            }
            else if (own == bin)
            {
                int row = scratch.Rows[index];
                if (equal)
                {
                    // All keys are the same: what comes next in the order decides.
                    key = next < orders
                        ? OrderKey.Of(formula.Score(next, new DeviceRow(table, row), scales))
                        : (ulong)table.Creations[row];
                }

                ulong slot = Atomic.Add(ref scratch.Answer[Answer.Next], 1UL);
                scratch.OtherKeys[(int)slot] = key;
                scratch.OtherRows[(int)slot] = row;
                nextLow = key < nextLow ? key : nextLow;
                nextHigh = key > nextHigh ? key : nextHigh;
            }
        }

        Reduce(lows, highs, nextLow, nextHigh);
        if (Group.IdxX == 0)
        {
            Atomic.Min(ref scratch.Answer[Answer.NextLow], lows[0]);
            Atomic.Max(ref scratch.Answer[Answer.NextHigh], highs[0]);
        }

        if (!IsLast(scratch, ref last))
        {
            return;
        }

        if (Group.IdxX == 0)
        {
            if (take)
            {
                scratch.Answer[Answer.Done] = Answer.Chosen;
            }
            else
            {
                scratch.Answer[Answer.Wanted] -= scratch.Answer[Answer.Below];
                scratch.Answer[Answer.Active] = scratch.Answer[Answer.Next];
                scratch.Answer[Answer.Order] += equal ? 1UL : 0UL;
                StartRound(scratch, scratch.Answer[Answer.NextLow], scratch.Answer[Answer.NextHigh]);
            }
        }
    }

    /// <summary>Of the rows chosen by their upper bounds, the greatest such bound: no victim scores higher. One group.</summary>
    public static void Threshold<TFormula>(DeviceTable table, Scratch scratch, int terms, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(MostThreads);
        if (scratch.Answer[Answer.Done] != Answer.Chosen)
        {
            return;
        }

        DeviceScales scales = Scales(scratch, terms);
        int found = (int)scratch.Answer[Answer.Found];
        ulong high = 0;
        for (int index = Group.IdxX; index < found; index += Group.DimX)
        {
            int row = (int)scratch.Answer[Answer.Header + (2 * terms) + index];
            ulong key = OrderKey.Of(formula.Score(0, new DeviceRow(table, row), scales));
            high = key > high ? key : high;
        }

        Reduce(lows, highs, high, high);
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

        DeviceScales scales = Scales(scratch, terms);
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

        if (IsLast(scratch, ref last) && Group.IdxX == 0)
        {
            scratch.Answer[Answer.Done] = scratch.Answer[Answer.Found] <= (ulong)room ? Answer.Complete : Answer.TooMany;
        }
    }

    /// <summary>The extremes within the answer.</summary>
    private static DeviceScales Scales(Scratch scratch, int terms) => new(scratch.Answer.SubView(Answer.Header, 2 * terms));

    private static void Best<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, int line, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(MostThreads);
        ArrayView<int> rows = SharedMemory.Allocate<int>(MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        DeviceScales scales = Scales(scratch, terms);
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

        ReduceBest(table, scales, orders, formula, keys, rows, best, bestRow);
        int slot = 2 * ((line * Grid.DimX) + Grid.IdxX);
        if (Group.IdxX == 0)
        {
            scratch.Partials[slot] = keys[0];
            scratch.Partials[slot + 1] = (ulong)rows[0];
        }

        if (!IsLast(scratch, ref last))
        {
            return;
        }

        // The last group of all lines combines those of every line.
        for (int other = 0; other < Grid.DimY; other++)
        {
            best = OrderKey.None;
            bestRow = -1;
            for (int group = Group.IdxX; group < Grid.DimX; group += Group.DimX)
            {
                int from = 2 * ((other * Grid.DimX) + group);
                int row = (int)scratch.Partials[from + 1];
                if (row >= 0 && Before(table, scales, orders, formula, scratch.Partials[from], row, best, bestRow))
                {
                    best = scratch.Partials[from];
                    bestRow = row;
                }
            }

            ReduceBest(table, scales, orders, formula, keys, rows, best, bestRow);
            if (Group.IdxX == 0)
            {
                scratch.Answer[Answer.Found] = (ulong)Grid.DimY;
                scratch.Answer[Answer.Done] = Answer.Chosen;
                scratch.Answer[Answer.Header + (2 * terms) + other] = (ulong)rows[0];
            }

            Group.Barrier();
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

    /// <summary>The group's least and greatest, in the first places.</summary>
    private static void Reduce(ArrayView<ulong> lows, ArrayView<ulong> highs, ulong low, ulong high)
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
    private static void Gather(ArrayView<ulong> partials, int first, ArrayView<ulong> lows, ArrayView<ulong> highs)
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

    /// <summary>Bins of equal width over the keys of the active rows, as few keys each as the number of bins allows.</summary>
    private static void StartRound(Scratch scratch, ulong low, ulong high)
    {
        int shift = 0;
        while (high >= low && (high - low) >> shift >= Bins)
        {
            shift++;
        }

        scratch.Answer[Answer.Low] = low;
        scratch.Answer[Answer.High] = high;
        scratch.Answer[Answer.Shift] = (ulong)shift;
        scratch.Answer[Answer.Next] = 0;
        scratch.Answer[Answer.NextLow] = ulong.MaxValue;
        scratch.Answer[Answer.NextHigh] = 0;
    }

    /// <summary>True in the threads of the group that comes here last; it sees what the others wrote.</summary>
    private static bool IsLast(Scratch scratch, ref int last)
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
