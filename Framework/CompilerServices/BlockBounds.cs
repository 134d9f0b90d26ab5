using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>
/// Least and greatest value of each column over the candidates: per quarter of a block (64 rows), per block, and per superblock of 64 blocks.
/// Writes only mark a quarter; the marked ones are computed again at the next selection.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockBounds<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Blocks per superblock: one word of a bitmap.</summary>
    internal const int SuperBlocks = 64;

    private const int Lanes = 16;

    private readonly T[][] _quarterLow;
    private readonly T[][] _quarterHigh;
    private readonly T[][] _low;
    private readonly T[][] _high;
    private readonly T[][] _superLow;
    private readonly T[][] _superHigh;
    private ulong[] _dirty = [];
    private ulong[] _held = [];
    private ulong[] _nan = [];

    /// <summary>Bounds of the first columns of a selector.</summary>
    /// <param name="columns">How many.</param>
    public BlockBounds(int columns)
    {
        _quarterLow = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<T>())];
        _quarterHigh = [.. _quarterLow];
        _low = [.. _quarterLow];
        _high = [.. _quarterLow];
        _superLow = [.. _low];
        _superHigh = [.. _low];
    }

    /// <summary>Least values per quarter of a block.</summary>
    public T[] QuarterLow(int column) => _quarterLow[column];

    /// <summary>Greatest values per quarter of a block.</summary>
    public T[] QuarterHigh(int column) => _quarterHigh[column];

    /// <summary>Least values per block.</summary>
    public T[] Low(int column) => _low[column];

    /// <summary>Greatest values per block.</summary>
    public T[] High(int column) => _high[column];

    /// <summary>Least values per superblock.</summary>
    public T[] SuperLow(int column) => _superLow[column];

    /// <summary>Greatest values per superblock.</summary>
    public T[] SuperHigh(int column) => _superHigh[column];

    /// <summary>Superblocks.</summary>
    internal int Supers => _held.Length;

    /// <summary>Per superblock: the blocks that hold candidates.</summary>
    internal ulong[] Held => _held;

    /// <summary>True where a candidate's column is NaN.</summary>
    internal bool AnyNaN { get; private set; }

    internal void Grow(int rows)
    {
        int blocks = rows / CandidateSet.BlockRows;
        int supers = (blocks + SuperBlocks - 1) / SuperBlocks;
        int superRoom = (supers + Lanes - 1) / Lanes * Lanes;
        for (int column = 0; column < _low.Length; column++)
        {
            Array.Resize(ref _quarterLow[column], supers * SuperBlocks * CandidateSet.BlockWords);
            Array.Resize(ref _quarterHigh[column], supers * SuperBlocks * CandidateSet.BlockWords);
            Array.Resize(ref _low[column], supers * SuperBlocks);
            Array.Resize(ref _high[column], supers * SuperBlocks);
            Array.Resize(ref _superLow[column], superRoom);
            Array.Resize(ref _superHigh[column], superRoom);
        }

        Array.Resize(ref _dirty, supers * CandidateSet.BlockWords);
        Array.Resize(ref _held, supers);
        Array.Resize(ref _nan, supers * CandidateSet.BlockWords);
        Array.Fill(_dirty, ulong.MaxValue);
    }

    internal void Mark(int row) => _dirty[row >> 12] |= 1UL << (row >> 6);

    internal void Refresh(T[][] columns, CandidateSet candidates)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Refresh<Lanes512<T>>(columns, candidates);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Refresh<Lanes256<T>>(columns, candidates);
        }
        else
        {
            Refresh<Lanes128<T>>(columns, candidates);
        }
    }

    /// <summary>The extremes of a column over all candidates.</summary>
    internal Extremes<T> Total(int column)
    {
        T[] lows = _superLow[column];
        T[] highs = _superHigh[column];
        T low = T.PositiveInfinity;
        T high = T.NegativeInfinity;
        for (int super = 0; super < _held.Length; super++)
        {
            low = lows[super] < low ? lows[super] : low;
            high = highs[super] > high ? highs[super] : high;
        }

        return new(low, high);
    }

    private void Refresh<V>(T[][] columns, CandidateSet candidates)
        where V : struct, ILanes<V, T>
    {
        ulong nan = 0;
        for (int super = 0; super < _held.Length; super++)
        {
            ulong blocks = 0;
            for (int word = 0; word < CandidateSet.BlockWords; word++)
            {
                int index = (super * CandidateSet.BlockWords) + word;
                ulong dirty = _dirty[index];
                _dirty[index] = 0;
                for (; dirty != 0; dirty &= dirty - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(dirty);
                    RefreshQuarter<V>(columns, candidates, index, bit);
                    blocks |= 1UL << ((word * 16) + (bit / CandidateSet.BlockWords));
                }

                nan |= _nan[index];
            }

            if (blocks != 0)
            {
                RefreshBlocks(candidates, super, blocks);
                RefreshSuper<V>(super);
            }
        }

        AnyNaN = nan != 0;
    }

    private void RefreshQuarter<V>(T[][] columns, CandidateSet candidates, int index, int bit)
        where V : struct, ILanes<V, T>
    {
        int quarter = (index * 64) + bit;
        bool held = quarter < candidates.Words.Length && candidates.Words[quarter] != 0;
        bool nan = false;
        for (int column = 0; column < _low.Length; column++)
        {
            var extremes = Extremes<T>.None;
            if (held)
            {
                var kernel = new ColumnKernel<T>(columns[column]);
                extremes = Scan.Extremes<T, V, ColumnKernel<T>>(ref kernel, candidates, quarter, quarter + 1);
                nan |= HasNaN<V>(ref kernel, candidates.Words[quarter], quarter * 64);
            }

            _quarterLow[column][quarter] = extremes.Low;
            _quarterHigh[column][quarter] = extremes.High;
        }

        ulong mask = 1UL << bit;
        _nan[index] = nan ? _nan[index] | mask : _nan[index] & ~mask;
    }

    private static bool HasNaN<V>(ref ColumnKernel<T> kernel, ulong word, int row)
        where V : struct, ILanes<V, T>
    {
        for (; word != 0; word >>= V.Count, row += V.Count)
        {
            if ((V.NotNumbers(kernel.At<V>(row)) & word) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void RefreshBlocks(CandidateSet candidates, int super, ulong blocks)
    {
        for (; blocks != 0; blocks &= blocks - 1)
        {
            int bit = BitOperations.TrailingZeroCount(blocks);
            int block = (super * SuperBlocks) + bit;
            int quarter = block * CandidateSet.BlockWords;
            ulong held = 0;
            if (block < candidates.Blocks)
            {
                foreach (ulong word in candidates.Words.AsSpan(quarter, CandidateSet.BlockWords))
                {
                    held |= word;
                }
            }

            ulong mask = 1UL << bit;
            _held[super] = held != 0 ? _held[super] | mask : _held[super] & ~mask;
            for (int column = 0; column < _low.Length; column++)
            {
                T[] lows = _quarterLow[column];
                T[] highs = _quarterHigh[column];
                T low = lows[quarter];
                T high = highs[quarter];
                for (int other = quarter + 1; other < quarter + CandidateSet.BlockWords; other++)
                {
                    low = lows[other] < low ? lows[other] : low;
                    high = highs[other] > high ? highs[other] : high;
                }

                _low[column][block] = low;
                _high[column][block] = high;
            }
        }
    }

    private void RefreshSuper<V>(int super)
        where V : struct, ILanes<V, T>
    {
        for (int column = 0; column < _low.Length; column++)
        {
            V low = V.Create(T.PositiveInfinity);
            V high = V.Create(T.NegativeInfinity);
            for (int block = super * SuperBlocks; block < (super + 1) * SuperBlocks; block += V.Count)
            {
                V lows = V.Load(_low[column], block);
                V highs = V.Load(_high[column], block);
                low = V.Lesser(lows, low);
                high = V.Greater(highs, high);
            }

            _superLow[column][super] = V.Least(low);
            _superHigh[column][super] = V.Greatest(high);
        }
    }
}
