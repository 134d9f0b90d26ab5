using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>
/// Several victims: rounds that count the candidates' keys in bins, take the bins below the last victim's and go on with that one. What combines
/// the groups' results is done by the group that finishes last, so that no step waits for the host.
/// </summary>
internal static class RankKernels
{
    /// <summary>Bins per round; a multiple of <see cref="Groups.MostThreads"/>.</summary>
    public const int Bins = 1024;

    /// <summary>The key of each candidate's first score, and their least and greatest.</summary>
    public static void Keys<TFormula>(DeviceTable table, Scratch scratch, int terms, int wanted, TFormula formula)
        where TFormula : unmanaged, IDeviceFormula
    {
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        DeviceScales scales = scratch.Scales(terms);
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
        }

        Groups.Reduce(lows, highs, low, high);
        if (Group.IdxX == 0)
        {
            scratch.Partials[2 * Grid.IdxX] = lows[0];
            scratch.Partials[(2 * Grid.IdxX) + 1] = highs[0];
        }

        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        Groups.Gather(scratch.Partials, 0, lows, highs);
        if (Group.IdxX == 0)
        {
            scratch.Answer[Answer.Found] = 0;
            scratch.Answer[Answer.Done] = 0;
            scratch.Answer[Answer.Order] = 0;
            scratch.Answer[Answer.Rounds] = 0;
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
        ArrayView<int> sums = SharedMemory.Allocate<int>(Groups.MostThreads);
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
        if (!Groups.IsLast(scratch, ref last))
        {
            return;
        }

        FindBin(scratch, room, counts, sums);
    }

    /// <summary>Each thread adds up a run of bins; one walks the sums, then the bins of the run that holds the last victim.</summary>
    private static void FindBin(Scratch scratch, int room, ArrayView<int> counts, ArrayView<int> sums)
    {
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
        ArrayView<ulong> lows = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ArrayView<ulong> highs = SharedMemory.Allocate<ulong>(Groups.MostThreads);
        ref int last = ref SharedMemory.Allocate<int>();
        if (scratch.Answer[Answer.Done] != 0)
        {
            return;
        }

        Split(table, scratch, terms, orders, formula, out ulong nextLow, out ulong nextHigh);
        Groups.Reduce(lows, highs, nextLow, nextHigh);
        if (Group.IdxX == 0)
        {
            Atomic.Min(ref scratch.Answer[Answer.NextLow], lows[0]);
            Atomic.Max(ref scratch.Answer[Answer.NextHigh], highs[0]);
        }

        if (Groups.IsLast(scratch, ref last) && Group.IdxX == 0)
        {
            EndRound(scratch);
        }
    }

    /// <summary>This thread's active rows: taken, kept or left.</summary>
    private static void Split<TFormula>(DeviceTable table, Scratch scratch, int terms, int orders, TFormula formula, out ulong nextLow, out ulong nextHigh)
        where TFormula : unmanaged, IDeviceFormula
    {
        DeviceScales scales = scratch.Scales(terms);
        int active = (int)scratch.Answer[Answer.Active];
        ulong low = scratch.Answer[Answer.Low];
        int shift = (int)scratch.Answer[Answer.Shift];
        ulong bin = scratch.Answer[Answer.Bin];
        bool take = scratch.Answer[Answer.Take] != 0;
        bool equal = low == scratch.Answer[Answer.High];
        int next = (int)scratch.Answer[Answer.Order] + 1;
        bool first = scratch.Answer[Answer.Order] == 0;
        ulong shared = scratch.Answer[Answer.Shared];

        // In the first round all rows are active, each in its own place.
        bool all = scratch.Answer[Answer.Rounds] == 0;
        nextLow = ulong.MaxValue;
        nextHigh = 0;
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
                scratch.Answer[Answer.Place(terms, (int)slot)] = (ulong)(all ? index : scratch.Rows[index]);
                scratch.Answer[Answer.Place(terms, (int)slot) + 1] = first ? key : shared;
            }
            else if (own == bin)
            {
                int row = all ? index : scratch.Rows[index];
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
    }

    private static void EndRound(Scratch scratch)
    {
        scratch.Answer[Answer.Rounds]++;
        if (scratch.Answer[Answer.Take] != 0)
        {
            scratch.Answer[Answer.Done] = Answer.Chosen;
            return;
        }

        bool equal = scratch.Answer[Answer.Low] == scratch.Answer[Answer.High];
        if (equal && scratch.Answer[Answer.Order] == 0)
        {
            scratch.Answer[Answer.Shared] = scratch.Answer[Answer.Low];
        }

        scratch.Answer[Answer.Wanted] -= scratch.Answer[Answer.Below];
        scratch.Answer[Answer.Active] = scratch.Answer[Answer.Next];
        scratch.Answer[Answer.Order] += equal ? 1UL : 0UL;
        StartRound(scratch, scratch.Answer[Answer.NextLow], scratch.Answer[Answer.NextHigh]);
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
}
