using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>
/// The rows of the lowest scores that a search came by. After the victim is gone, one of them is likely the next; any candidate's score is
/// an upper limit, so a wrong guess costs time and nothing else.
/// </summary>
internal sealed class GoodRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Room = 16;

    private readonly int[] _rows = new int[Room];
    private readonly T[] _scores = new T[Room];
    private int _count;

    /// <summary>A score above this one is not worth remembering.</summary>
    public T Limit { get; private set; } = T.PositiveInfinity;

    /// <summary>Scores the remembered rows again, forgets those that are no candidates, and improves the best row.</summary>
    public void Recall<K, O>(ref K score, ref O order, CandidateSet candidates, ref Best<T> best)
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        int kept = 0;
        for (int index = 0; index < _count; index++)
        {
            int row = _rows[index];
            if (!candidates.Contains(row))
            {
                continue;
            }

            T value = score.At(row);
            if (T.IsNaN(value))
            {
                continue;
            }

            _rows[kept] = row;
            _scores[kept++] = value;
            if (value < best.Score || (value == best.Score && (best.Row < 0 || order.Before(row, best.Row))))
            {
                best = new(value, row);
            }
        }

        _count = kept;
        Limit = _count < Room ? T.PositiveInfinity : _scores[Worst()];
    }

    /// <summary>Scores the remembered rows again, as the first of a new search.</summary>
    public void Recall<K, O>(ref K score, ref O order, CandidateSet candidates, LowestRows<T> lowest)
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
    {
        foreach (int row in _rows.AsSpan(0, _count))
        {
            T value = candidates.Contains(row) ? score.At(row) : T.NaN;
            if (!T.IsNaN(value))
            {
                lowest.Add(row, value, ref order);
            }
        }
    }

    /// <summary>Remembers these in place of all others.</summary>
    public void Become(LowestRows<T> lowest)
    {
        _count = lowest.Rows.Length;
        lowest.Rows.CopyTo(_rows);
        lowest.Scores.CopyTo(_scores);
    }

    /// <summary>Remembers a row, in place of the worst where there is no room.</summary>
    public void Add(in Best<T> found)
    {
        if (_rows.AsSpan(0, _count).Contains(found.Row))
        {
            return;
        }

        int index = _count < Room ? _count++ : Worst();
        _rows[index] = found.Row;
        _scores[index] = found.Score;
        Limit = _count < Room ? T.PositiveInfinity : _scores[Worst()];
    }

    private int Worst()
    {
        int worst = 0;
        for (int index = 1; index < _count; index++)
        {
            worst = _scores[index] > _scores[worst] ? index : worst;
        }

        return worst;
    }
}
