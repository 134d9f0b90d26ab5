using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>Looks at every candidate.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scan
{
    /// <summary>The widest accelerated vectors.</summary>
    public static Backend Widest
        => Vector512.IsHardwareAccelerated ? Backend.Vector512 : Vector256.IsHardwareAccelerated ? Backend.Vector256 : Backend.Vector128;

    /// <summary>The candidate with the lowest number, NaN above everything, or -1 where there is no candidate.</summary>
    public static int ArgMin<T, K, O>(Backend backend, K kernel, O order, CandidateSet candidates)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
        => backend switch
        {
            Backend.Scalar => ScalarScan.ArgMin<T, K, O>(ref kernel, ref order, candidates),
            Backend.Vector128 => ArgMin<T, Lanes128<T>, K, O>(ref kernel, ref order, candidates),
            Backend.Vector256 => ArgMin<T, Lanes256<T>, K, O>(ref kernel, ref order, candidates),
            Backend.Vector512 => ArgMin<T, Lanes512<T>, K, O>(ref kernel, ref order, candidates),
            Backend.Simd => ArgMin<T, K, O>(Widest, kernel, order, candidates),
            _ => throw new NotSupportedException($"{backend} is no scan."),
        };

    /// <summary>The same, and the lowest candidates that come after it.</summary>
    internal static int Lowest<T, K, O>(Backend backend, K kernel, O order, CandidateSet candidates, LowestRows<T> lowest)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        int words = candidates.Words.Length;
        switch (backend == Backend.Simd ? Widest : backend)
        {
            case Backend.Scalar:
                ScalarScan.Lowest(ref kernel, ref order, candidates, lowest);
                break;
            case Backend.Vector128:
                Lowest<T, Lanes128<T>, K, O>(ref kernel, ref order, candidates, 0, words, lowest);
                break;
            case Backend.Vector256:
                Lowest<T, Lanes256<T>, K, O>(ref kernel, ref order, candidates, 0, words, lowest);
                break;
            default:
                Lowest<T, Lanes512<T>, K, O>(ref kernel, ref order, candidates, 0, words, lowest);
                break;
        }

        return lowest.Rows is [int first, ..] ? first : First(ref order, candidates);
    }

    /// <summary>Adds the candidates of some words of 64 rows to the lowest.</summary>
    internal static void Lowest<T, V, K, O>(ref K kernel, ref O order, CandidateSet candidates, int firstWord, int endWord, LowestRows<T> lowest)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        ulong[] words = candidates.Words;
        T limit = lowest.Limit;
        for (int index = firstWord; index < endWord; index++)
        {
            int row = index * 64;
            for (ulong word = words[index]; word != 0; word = Shift<T, V>(word), row += V.Count)
            {
                ulong low = V.AtMost(kernel.At<V>(row), limit) & word;
                for (; low != 0; low &= low - 1)
                {
                    int found = row + BitOperations.TrailingZeroCount(low);
                    lowest.Add(found, kernel.At(found), ref order);
                    limit = lowest.Limit;
                }
            }
        }
    }

    /// <summary>The least and greatest number over the candidates.</summary>
    public static Extremes<T> Extremes<T, K>(Backend backend, K kernel, CandidateSet candidates)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
        => backend switch
        {
            Backend.Scalar => ScalarScan.Extremes<T, K>(ref kernel, candidates),
            Backend.Vector128 => Extremes<T, Lanes128<T>, K>(ref kernel, candidates, 0, candidates.Words.Length),
            Backend.Vector256 => Extremes<T, Lanes256<T>, K>(ref kernel, candidates, 0, candidates.Words.Length),
            Backend.Vector512 => Extremes<T, Lanes512<T>, K>(ref kernel, candidates, 0, candidates.Words.Length),
            Backend.Simd => Extremes<T, K>(Widest, kernel, candidates),
            _ => throw new NotSupportedException($"{backend} is no scan."),
        };

    private static int ArgMin<T, V, K, O>(ref K kernel, ref O order, CandidateSet candidates)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        var best = Best<T>.None;
        for (int block = 0; block < candidates.Blocks; block++)
        {
            Visit<T, V, K, O>(ref kernel, ref order, candidates, block * CandidateSet.BlockWords, CandidateSet.BlockWords, 0, ref best);
        }

        return best.Row >= 0 ? best.Row : First(ref order, candidates);
    }

    /// <summary>Every score is NaN: the order of ties decides among all.</summary>
    internal static int First<O>(ref O order, CandidateSet candidates)
        where O : struct, ITieOrder
    {
        int first = -1;
        for (int row = candidates.Next(0); row >= 0; row = candidates.Next(row + 1))
        {
            if (first < 0 || order.Before(row, first))
            {
                first = row;
            }
        }

        return first;
    }

    /// <summary>Improves the best row with the candidates of some words of 64 rows; the kernel counts rows from <paramref name="origin"/>. Most hold nothing better, so the row itself is looked for only after the fact.</summary>
    internal static void Visit<T, V, K, O>(ref K kernel, ref O order, CandidateSet candidates, int firstWord, int count, int origin, ref Best<T> best)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        ref ulong words = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(candidates.Words), firstWord);
        int first = (firstWord * 64) - origin;
        V least = V.Create(T.PositiveInfinity);
        ulong any = 0;
        for (int index = 0; index < count; index++)
        {
            ulong word = Unsafe.Add(ref words, index);
            any |= word;
            int row = first + (index * 64);
            if (word == ulong.MaxValue)
            {
                for (int lane = 0; lane < 64; lane += V.Count)
                {
                    V score = kernel.At<V>(row + lane);
                    least = V.Lesser(score, least);
                }
            }
            else
            {
                for (; word != 0; word = Shift<T, V>(word), row += V.Count)
                {
                    V score = kernel.At<V>(row);
                    least = V.Lesser(score, least, word);
                }
            }
        }

        // Row -1 with infinity as the best: a block of infinities is resolved too.
        if (any == 0 || V.AtMost(least, best.Score) == 0)
        {
            return;
        }

        Resolve<T, V, K, O>(ref kernel, ref order, ref words, count, first, origin, V.Least(least), ref best);
    }

    private static void Resolve<T, V, K, O>(ref K kernel, ref O order, ref ulong words, int count, int first, int origin, T least, ref Best<T> best)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        int winner = least < best.Score ? -1 : best.Row;
        for (int index = 0; index < count; index++)
        {
            int row = first + (index * 64);
            for (ulong word = Unsafe.Add(ref words, index); word != 0; word = Shift<T, V>(word), row += V.Count)
            {
                ulong equal = V.Same(kernel.At<V>(row), least) & word;
                for (; equal != 0; equal &= equal - 1)
                {
                    int found = row + origin + BitOperations.TrailingZeroCount(equal);
                    if (winner < 0 || order.Before(found, winner))
                    {
                        winner = found;
                    }
                }
            }
        }

        best = new(least, winner);
    }

    /// <summary>The least and greatest number over the candidates of some words of 64 rows.</summary>
    internal static Extremes<T> Extremes<T, V, K>(ref K kernel, CandidateSet candidates, int firstWord, int endWord)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
    {
        V low = V.Create(T.PositiveInfinity);
        V high = V.Create(T.NegativeInfinity);
        ulong[] words = candidates.Words;
        for (int index = firstWord; index < endWord; index++)
        {
            ulong word = words[index];
            int row = index * 64;
            if (word == ulong.MaxValue)
            {
                for (int lane = 0; lane < 64; lane += V.Count)
                {
                    V value = kernel.At<V>(row + lane);
                    low = V.Lesser(value, low);
                    high = V.Greater(value, high);
                }
            }
            else
            {
                for (; word != 0; word = Shift<T, V>(word), row += V.Count)
                {
                    V value = kernel.At<V>(row);
                    low = V.Lesser(value, low, word);
                    high = V.Greater(value, high, word);
                }
            }
        }

        return new(V.Least(low), V.Greatest(high));
    }

    /// <summary>Writes the numbers of the rows 0..count-1; both sides have room for whole vectors.</summary>
    internal static void Fill<T, V, K>(ref K kernel, int first, int count, T[] into)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
    {
        for (int row = first; row < first + count; row += V.Count)
        {
            V.Store(kernel.At<V>(row), into, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Shift<T, V>(ulong word)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
        => word >> V.Count;
}
