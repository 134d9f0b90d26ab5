using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>
/// The lowest rows of one search, in order, and the rows that have changed since. While one that has not changed is left, every other row comes after it: the next
/// victim of the same moment is that one or a changed one, and no search is needed.
/// </summary>
internal sealed class LowestRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Room = 16;

    private readonly int[] _rows = new int[Room];
    private readonly T[] _scores = new T[Room];
    private readonly int[] _changed = new int[Room];
    private int _count;
    private int _changedCount;
    private double _now = double.NaN;

    /// <summary>The lowest rows that have not changed, lowest first.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>Their scores.</summary>
    public ReadOnlySpan<T> Scores => _scores.AsSpan(0, _count);

    /// <summary>The candidates that have changed.</summary>
    public ReadOnlySpan<int> ChangedRows => _changed.AsSpan(0, _changedCount);

    /// <summary>A score above this one is not among the lowest.</summary>
    public T Limit => _count < Room ? T.PositiveInfinity : _scores[Room - 1];

    /// <summary>True where they are the lowest of this moment.</summary>
    public bool AreOf(double now) => now == _now && _count > 0;

    /// <summary>A search of this moment begins.</summary>
    public void Start(double now)
    {
        _now = now;
        _count = 0;
        _changedCount = 0;
    }

    /// <summary>Scores have changed that no row tells of.</summary>
    public void Forget() => _now = double.NaN;

    /// <summary>A row of the search, unless it is known or too high. No score is NaN.</summary>
    public void Add<O>(int row, T score, ref O order)
        where O : struct, ITieOrder
    {
        if (Rows.Contains(row))
        {
            return;
        }

        int place = _count;
        while (place > 0 && (score < _scores[place - 1] || (score == _scores[place - 1] && order.Before(row, _rows[place - 1]))))
        {
            place--;
        }

        if (place == Room)
        {
            return;
        }

        _count = Math.Min(_count + 1, Room);
        _rows.AsSpan(place, _count - place - 1).CopyTo(_rows.AsSpan(place + 1));
        _scores.AsSpan(place, _count - place - 1).CopyTo(_scores.AsSpan(place + 1));
        (_rows[place], _scores[place]) = (row, score);
    }

    /// <summary>A row has changed, or is no longer a candidate, or has become one.</summary>
    public void Change(int row, bool candidate)
    {
        if (double.IsNaN(_now))
        {
            return;
        }

        int place = Rows.IndexOf(row);
        if (place >= 0)
        {
            _count--;
            _rows.AsSpan(place + 1, _count - place).CopyTo(_rows.AsSpan(place));
            _scores.AsSpan(place + 1, _count - place).CopyTo(_scores.AsSpan(place));
        }

        place = ChangedRows.IndexOf(row);
        if (candidate && place < 0)
        {
            if (_changedCount == Room)
            {
                Forget();
                return;
            }

            _changed[_changedCount++] = row;
        }
        else if (!candidate && place >= 0)
        {
            _changed[place] = _changed[--_changedCount];
        }
    }
}
