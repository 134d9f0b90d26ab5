using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>
/// The best candidate, leaving out every block whose lower bound is above the best score so far. A bound that is NaN says nothing, and an
/// equal one may hide a tie: both are visited, so that the victim is the scan's.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PrunedSearch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GoodRows<T> _good = new();
    private T[] _superBounds = [];
    private T[] _blockBounds = [];

    /// <summary>Quarters of blocks whose rows were looked at in the last search.</summary>
    public int Visited { get; private set; }

    /// <summary>Receives the lowest rows; null where only the victim is wanted.</summary>
    internal LowestRows<T>? Lowest { get; set; }

    /// <summary>Finds the victim.</summary>
    /// <param name="score">Scores of rows.</param>
    /// <param name="superBound">Lower bounds of superblocks.</param>
    /// <param name="blockBound">Lower bounds of blocks.</param>
    /// <param name="quarterBound">Lower bounds of quarters of blocks.</param>
    /// <param name="order">Order of ties.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="bounds">Current bounds.</param>
    public int Find<K, B, O>(K score, B superBound, B blockBound, B quarterBound, O order, CandidateSet candidates, BlockBounds<T> bounds)
        where K : struct, IRowKernel<T>
        where B : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        int supers = (bounds.Supers + 15) / 16 * 16;
        if (_superBounds.Length < supers)
        {
            _superBounds = new T[supers];
            _blockBounds = new T[bounds.Supers * BlockBounds<T>.SuperBlocks];
        }
        else if (_blockBounds.Length < bounds.Supers * BlockBounds<T>.SuperBlocks)
        {
            _blockBounds = new T[bounds.Supers * BlockBounds<T>.SuperBlocks];
        }

        if (Vector512.IsHardwareAccelerated)
        {
            return Find<Lanes512<T>, K, B, O>(ref score, ref superBound, ref blockBound, ref quarterBound, ref order, candidates, bounds);
        }

        return Vector256.IsHardwareAccelerated
            ? Find<Lanes256<T>, K, B, O>(ref score, ref superBound, ref blockBound, ref quarterBound, ref order, candidates, bounds)
            : Find<Lanes128<T>, K, B, O>(ref score, ref superBound, ref blockBound, ref quarterBound, ref order, candidates, bounds);
    }

    private int Find<V, K, B, O>(ref K score, ref B superBound, ref B blockBound, ref B quarterBound, ref O order, CandidateSet candidates, BlockBounds<T> bounds)
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where B : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        var best = Best<T>.None;
        Visited = 0;
        Scan.Fill<T, V, B>(ref superBound, 0, bounds.Supers, _superBounds);
        if (Lowest is not null)
        {
            FindLowest<V, K, B, O>(ref score, ref blockBound, ref quarterBound, ref order, candidates, bounds, Lowest);
            return Lowest.Rows is [int first, ..] ? first : Scan.First(ref order, candidates);
        }

        // A score to beat before anything else is computed: the good rows of earlier searches, and the best block of the best superblock.
        _good.Recall(ref score, ref order, candidates, ref best);
        int seed = LowestSuper(bounds);
        if (!(_superBounds[seed] > best.Score))
        {
            Scan.Fill<T, V, B>(ref blockBound, seed * BlockBounds<T>.SuperBlocks, BlockBounds<T>.SuperBlocks, _blockBounds);
            int block = LowestBlock<V>(seed, bounds.Held[seed]);
            VisitQuarters<V, K, B, O>(ref score, ref quarterBound, ref order, candidates, block, ref best);
        }

        int lowest = BoundOpenBlocks<V, B>(ref blockBound, bounds, best.Score);
        if (lowest >= 0)
        {
            VisitQuarters<V, K, B, O>(ref score, ref quarterBound, ref order, candidates, lowest, ref best);
        }

        for (int super = 0; super < bounds.Supers; super++)
        {
            if (bounds.Held[super] == 0 || _superBounds[super] > best.Score)
            {
                continue;
            }

            int first = super * BlockBounds<T>.SuperBlocks;
            for (ulong open = Open<V>(first, best.Score) & bounds.Held[super]; open != 0; open &= open - 1)
            {
                int block = first + BitOperations.TrailingZeroCount(open);
                if (block != lowest && !(_blockBounds[block] > best.Score))
                {
                    VisitQuarters<V, K, B, O>(ref score, ref quarterBound, ref order, candidates, block, ref best);
                }
            }
        }

        return best.Row >= 0 ? best.Row : Scan.First(ref order, candidates);
    }

    /// <summary>The lowest rows, superblock by superblock: what cannot be among them is left out.</summary>
    private void FindLowest<V, K, B, O>(ref K score, ref B blockBound, ref B quarterBound, ref O order, CandidateSet candidates, BlockBounds<T> bounds, LowestRows<T> lowest)
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where B : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        _good.Recall(ref score, ref order, candidates, lowest);
        for (int super = 0; super < bounds.Supers; super++)
        {
            if (bounds.Held[super] == 0 || _superBounds[super] > lowest.Limit)
            {
                continue;
            }

            int first = super * BlockBounds<T>.SuperBlocks;
            Scan.Fill<T, V, B>(ref blockBound, first, BlockBounds<T>.SuperBlocks, _blockBounds);
            for (ulong open = Open<V>(first, lowest.Limit) & bounds.Held[super]; open != 0; open &= open - 1)
            {
                int block = first + BitOperations.TrailingZeroCount(open);
                if (_blockBounds[block] > lowest.Limit)
                {
                    continue;
                }

                for (ulong quarters = OpenQuarters(ref quarterBound, block, lowest.Limit); quarters != 0; quarters &= quarters - 1)
                {
                    int word = (block * CandidateSet.BlockWords) + BitOperations.TrailingZeroCount(quarters);
                    Visited++;
                    Scan.Lowest<T, V, K, O>(ref score, ref order, candidates, word, word + 1, lowest);
                }
            }
        }

        _good.Become(lowest);
    }

    /// <summary>
    /// Computes the bounds of the blocks of every superblock that is still open, and finds the lowest of them, whose rows may close most others.
    /// </summary>
    /// <returns>That block, or -1 where all superblocks are closed.</returns>
    private int BoundOpenBlocks<V, B>(ref B blockBound, BlockBounds<T> bounds, T limit)
        where V : struct, ILanes<V, T>
        where B : struct, IRowKernel<T>
    {
        int lowest = -1;
        for (int super = 0; super < bounds.Supers; super++)
        {
            if (bounds.Held[super] == 0 || _superBounds[super] > limit)
            {
                continue;
            }

            Scan.Fill<T, V, B>(ref blockBound, super * BlockBounds<T>.SuperBlocks, BlockBounds<T>.SuperBlocks, _blockBounds);
            int block = LowestBlock<V>(super, bounds.Held[super]);
            if (lowest < 0 || !(_blockBounds[block] >= _blockBounds[lowest]))
            {
                lowest = block;
            }
        }

        return lowest;
    }

    /// <summary>Looks at the quarters of a block whose own bound is not above the score.</summary>
    private void VisitQuarters<V, K, B, O>(ref K score, ref B quarterBound, ref O order, CandidateSet candidates, int block, ref Best<T> best)
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where B : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        for (ulong open = OpenQuarters(ref quarterBound, block, best.Score); open != 0; open &= open - 1)
        {
            int word = (block * CandidateSet.BlockWords) + BitOperations.TrailingZeroCount(open);
            if (candidates.Words[word] != 0)
            {
                Visit<V, K, O>(ref score, ref order, candidates, word, ref best);
            }
        }
    }

    /// <summary>Bit i is set where the bound of a block's i-th quarter is not above the score.</summary>
    private static ulong OpenQuarters<B>(ref B quarterBound, int block, T score)
        where B : struct, IRowKernel<T>
    {
        int first = block * CandidateSet.BlockWords;
        return 0xF & ~(typeof(T) == typeof(double) ? Above<Lanes256<T>, B>(ref quarterBound, first, score) : Above<Lanes128<T>, B>(ref quarterBound, first, score));
    }

    /// <summary>Bit i is set where the bound of the i-th of four quarters is above the score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Above<V, B>(ref B quarterBound, int first, T score)
        where V : struct, ILanes<V, T>
        where B : struct, IRowKernel<T>
        => V.Above(quarterBound.At<V>(first), score);

    private void Visit<V, K, O>(ref K score, ref O order, CandidateSet candidates, int word, ref Best<T> best)
        where V : struct, ILanes<V, T>
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        Visited++;
        var found = new Best<T>(_good.Limit, -1);
        Scan.Visit<T, V, K, O>(ref score, ref order, candidates, word, 1, 0, ref found);
        if (found.Row < 0)
        {
            return;
        }

        _good.Add(found);
        if (found.Score < best.Score || (found.Score == best.Score && (best.Row < 0 || order.Before(found.Row, best.Row))))
        {
            best = found;
        }
    }

    private int LowestSuper(BlockBounds<T> bounds)
    {
        int lowest = -1;
        for (int super = 0; super < bounds.Supers; super++)
        {
            if (bounds.Held[super] != 0 && (lowest < 0 || !(_superBounds[super] >= _superBounds[lowest])))
            {
                lowest = super;
            }
        }

        return lowest;
    }

    /// <summary>The block of the lowest bound among those that hold candidates; any of them where bounds are NaN.</summary>
    private int LowestBlock<V>(int super, ulong held)
        where V : struct, ILanes<V, T>
    {
        int first = super * BlockBounds<T>.SuperBlocks;
        V least = V.Create(T.PositiveInfinity);
        for (int block = 0; block < BlockBounds<T>.SuperBlocks; block += V.Count)
        {
            V bound = V.Load(_blockBounds, first + block);
            least = V.Lesser(bound, least, held >> block);
        }

        T wanted = V.Least(least);
        for (int block = 0; block < BlockBounds<T>.SuperBlocks; block += V.Count)
        {
            ulong equal = V.Same(V.Load(_blockBounds, first + block), wanted) & (held >> block);
            if (equal != 0)
            {
                return first + block + BitOperations.TrailingZeroCount(equal);
            }
        }

        return first + BitOperations.TrailingZeroCount(held);
    }

    /// <summary>The blocks of a superblock whose bound is not above the score.</summary>
    private ulong Open<V>(int first, T score)
        where V : struct, ILanes<V, T>
    {
        ulong closed = 0;
        for (int block = 0; block < BlockBounds<T>.SuperBlocks; block += V.Count)
        {
            closed |= V.Above(V.Load(_blockBounds, first + block), score) << block;
        }

        return ~closed;
    }
}
