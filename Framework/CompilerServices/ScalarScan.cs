using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>The reference: plain loops that say what every other back end has to give.</summary>
internal static class ScalarScan
{
    public static int ArgMin<T, K, O>(ref K kernel, ref O order, CandidateSet candidates)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        int best = -1;
        T bestScore = T.NaN;
        for (int row = candidates.Next(0); row >= 0; row = candidates.Next(row + 1))
        {
            T score = kernel.At(row);
            int comparison = best < 0 ? -1 : ScoreOrder.Compare(score, bestScore);
            if (comparison < 0 || (comparison == 0 && order.Before(row, best)))
            {
                best = row;
                bestScore = score;
            }
        }

        return best;
    }

    public static void Lowest<T, K, O>(ref K kernel, ref O order, CandidateSet candidates, LowestRows<T> lowest)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        for (int row = candidates.Next(0); row >= 0; row = candidates.Next(row + 1))
        {
            T score = kernel.At(row);
            if (score <= lowest.Limit)
            {
                lowest.Add(row, score, ref order);
            }
        }
    }

    public static Extremes<T> Extremes<T, K>(ref K kernel, CandidateSet candidates)
        where T : unmanaged, IFloatingPointIeee754<T>
        where K : struct, IRowKernel<T>
    {
        T low = T.PositiveInfinity;
        T high = T.NegativeInfinity;
        for (int row = candidates.Next(0); row >= 0; row = candidates.Next(row + 1))
        {
            T value = kernel.At(row);
            low = value < low ? value : low;
            high = value > high ? value : high;
        }

        return new(low, high);
    }
}
