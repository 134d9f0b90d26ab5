using System.Numerics;

namespace Squelch.GpuScoring;

/// <summary>Rows with the keys of their first scores, lowest keys first. Keeps its memory.</summary>
internal sealed class RankedRows
{
    private const int MostBins = 1 << 13;

    /// <summary>Of so few rows, moving each to its place is fastest.</summary>
    private const int Few = 24;

    private readonly int[] _ends = new int[MostBins];
    private ulong[] _keys = [];
    private int[] _rows = [];
    private ulong[] _otherKeys = [];
    private int[] _otherRows = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows.</summary>
    public Span<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Their keys.</summary>
    public Span<ulong> Keys => _keys.AsSpan(0, Count);

    /// <summary>Room for so many rows, in any order: fill it, then <see cref="Sort"/>.</summary>
    public void Start(int count)
    {
        Count = count;
        if (_keys.Length < count)
        {
            int room = Math.Max(count, 2 * _keys.Length);
            _keys = new ulong[room];
            _rows = new int[room];
            _otherKeys = new ulong[room];
            _otherRows = new int[room];
        }
    }

    /// <summary>Brings the rows into the order of their keys; equal ones in any order.</summary>
    public void Sort()
    {
        if (Count > Few)
        {
            SortByBins();
        }
        else
        {
            SortFew(Keys, Rows);
        }
    }

    /// <summary>Into bins of equal width, about one for each row, which are then sorted alone: the scores of one moment's victims are spread evenly enough.</summary>
    private void SortByBins()
    {
        ulong low = ulong.MaxValue;
        ulong high = 0;
        foreach (ulong key in Keys)
        {
            low = Math.Min(low, key);
            high = Math.Max(high, key);
        }

        int bits = BitOperations.Log2((uint)Math.Min(Count, MostBins));
        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(high - low) - bits);
        Span<int> ends = _ends.AsSpan(0, 1 << bits);
        ends.Clear();
        foreach (ulong key in Keys)
        {
            ends[(int)((key - low) >> shift)]++;
        }

        int sum = 0;
        foreach (ref int end in ends)
        {
            (end, sum) = (sum, sum + end);
        }

        for (int index = 0; index < Count; index++)
        {
            int place = ends[(int)((_keys[index] - low) >> shift)]++;
            _otherKeys[place] = _keys[index];
            _otherRows[place] = _rows[index];
        }

        (_keys, _otherKeys) = (_otherKeys, _keys);
        (_rows, _otherRows) = (_otherRows, _rows);
        int first = 0;
        foreach (int end in ends)
        {
            Span<ulong> keys = _keys.AsSpan(first..end);
            Span<int> rows = _rows.AsSpan(first..end);
            if (keys.Length <= Few)
            {
                SortFew(keys, rows);
            }
            else
            {
                keys.Sort(rows);
            }

            first = end;
        }
    }

    private static void SortFew(Span<ulong> keys, Span<int> rows)
    {
        for (int index = 1; index < keys.Length; index++)
        {
            ulong key = keys[index];
            int row = rows[index];
            int place = index;
            while (place > 0 && keys[place - 1] > key)
            {
                keys[place] = keys[place - 1];
                rows[place] = rows[place - 1];
                place--;
            }

            keys[place] = key;
            rows[place] = row;
        }
    }
}
