using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>
/// Least and greatest value of each column per block of rows, and per superblock of 64 blocks, over the candidates. Writes only mark a
/// block; the marked ones are computed again at the next selection.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockBounds<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Blocks per superblock: one word of a bitmap.</summary>
    internal const int SuperBlocks = 64;

    private const int Lanes = 16;

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
        _low = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<T>())];
        _high = [.. _low];
        _superLow = [.. _low];
        _superHigh = [.. _low];
    }

    /// <summary>Least values per block.</summary>
    public T[] Low(int column) => _low[column];

    /// <summary>Greatest values per block.</summary>
    public T[] High(int column) => _high[column];

    /// <summary>Least values per superblock.</summary>
    public T[] SuperLow(int column) => _superLow[column];

    /// <summary>Greatest values per superblock.</summary>
    public T[] SuperHigh(int column) => _superHigh[column];

    /// <summary>Superblocks.</summary>
    internal int Supers => _dirty.Length;

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
            Array.Resize(ref _low[column], supers * SuperBlocks);
            Array.Resize(ref _high[column], supers * SuperBlocks);
            Array.Resize(ref _superLow[column], superRoom);
            Array.Resize(ref _superHigh[column], superRoom);
        }

        Array.Resize(ref _dirty, supers);
        Array.Resize(ref _held, supers);
        Array.Resize(ref _nan, supers);
        Array.Fill(_dirty, ulong.MaxValue);
    }

    internal void Mark(int row) => _dirty[row >> 14] |= 1UL << (row >> 8);

    internal void Refresh(T[][] columns, CandidateSet candidates)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Refresh<Vector512<T>, Width512<T>>(columns, candidates);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Refresh<Vector256<T>, Width256<T>>(columns, candidates);
        }
        else
        {
            Refresh<Vector128<T>, Width128<T>>(columns, candidates);
        }
    }

    /// <summary>The extremes of a column over all candidates.</summary>
    internal Extremes<T> Total(int column)
    {
        T[] lows = _superLow[column];
        T[] highs = _superHigh[column];
        T low = T.PositiveInfinity;
        T high = T.NegativeInfinity;
        for (int super = 0; super < _dirty.Length; super++)
        {
            low = lows[super] < low ? lows[super] : low;
            high = highs[super] > high ? highs[super] : high;
        }

        return new(low, high);
    }

    private void Refresh<V, W>(T[][] columns, CandidateSet candidates)
        where V : struct
        where W : struct, IWidth<T, V>
    {
        bool nan = false;
        for (int super = 0; super < _dirty.Length; super++)
        {
            ulong dirty = _dirty[super];
            if (dirty != 0)
            {
                _dirty[super] = 0;
                for (; dirty != 0; dirty &= dirty - 1)
                {
                    RefreshBlock<V, W>(columns, candidates, super, BitOperations.TrailingZeroCount(dirty));
                }

                RefreshSuper<V, W>(super);
            }

            nan |= _nan[super] != 0;
        }

        AnyNaN = nan;
    }

    private void RefreshBlock<V, W>(T[][] columns, CandidateSet candidates, int super, int bit)
        where V : struct
        where W : struct, IWidth<T, V>
    {
        int block = (super * SuperBlocks) + bit;
        ulong held = 0;
        bool nan = false;
        if (block < candidates.Blocks)
        {
            foreach (ulong word in candidates.Words.AsSpan(block * CandidateSet.BlockWords, CandidateSet.BlockWords))
            {
                held |= word;
            }
        }

        for (int column = 0; column < _low.Length; column++)
        {
            var extremes = Extremes<T>.None;
            if (held != 0)
            {
                var kernel = new ColumnKernel<T>(columns[column]);
                extremes = Scan.Extremes<T, V, W, ColumnKernel<T>>(ref kernel, candidates, block, block + 1);
                nan |= HasNaN<V, W>(ref kernel, candidates, block);
            }

            _low[column][block] = extremes.Low;
            _high[column][block] = extremes.High;
        }

        ulong mask = 1UL << bit;
        _held[super] = held != 0 ? _held[super] | mask : _held[super] & ~mask;
        _nan[super] = nan ? _nan[super] | mask : _nan[super] & ~mask;
    }

    private static bool HasNaN<V, W>(ref ColumnKernel<T> kernel, CandidateSet candidates, int block)
        where V : struct
        where W : struct, IWidth<T, V>
    {
        for (int index = block * CandidateSet.BlockWords; index < (block + 1) * CandidateSet.BlockWords; index++)
        {
            int row = index * 64;
            for (ulong word = candidates.Words[index]; word != 0; word >>= W.Count, row += W.Count)
            {
                V value = W.Evaluate(ref kernel, row);
                ulong lanes = W.Bits(W.Mask(ulong.MaxValue));
                if ((~W.Bits(W.Same(value, value)) & lanes & word) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void RefreshSuper<V, W>(int super)
        where V : struct
        where W : struct, IWidth<T, V>
    {
        for (int column = 0; column < _low.Length; column++)
        {
            V low = W.Create(T.PositiveInfinity);
            V high = W.Create(T.NegativeInfinity);
            for (int block = super * SuperBlocks; block < (super + 1) * SuperBlocks; block += W.Count)
            {
                V lows = W.Load(ref _low[column][0], block);
                V highs = W.Load(ref _high[column][0], block);
                low = W.Select(W.Less(lows, low), lows, low);
                high = W.Select(W.Less(high, highs), highs, high);
            }

            _superLow[column][super] = W.Least(low);
            _superHigh[column][super] = W.Greatest(high);
        }
    }
}
