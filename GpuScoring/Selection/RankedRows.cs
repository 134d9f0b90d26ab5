namespace Squelch.GpuScoring;

/// <summary>Rows with the keys of their first scores, lowest keys first. Keeps its memory.</summary>
internal sealed class RankedRows
{
    /// <summary>From so many rows on, counting digits takes less time than comparing keys.</summary>
    private const int Many = 2048;
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    private readonly int[] _places = new int[Digits];
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
        }
    }

    /// <summary>Brings the rows into the order of their keys; equal ones in any order.</summary>
    public void Sort()
    {
        if (Count < Many)
        {
            Keys.Sort(Rows);
            return;
        }

        ulong differ = 0;
        foreach (ulong key in Keys)
        {
            differ |= key ^ _keys[0];
        }

        // Scores of one moment share most of their digits.
        for (int shift = 0; shift < 64; shift += DigitBits)
        {
            if (((differ >> shift) & (Digits - 1)) != 0)
            {
                SortByDigit(shift);
            }
        }
    }

    private void SortByDigit(int shift)
    {
        if (_otherKeys.Length < _keys.Length)
        {
            _otherKeys = new ulong[_keys.Length];
            _otherRows = new int[_keys.Length];
        }

        Span<int> places = _places;
        places.Clear();
        Span<ulong> keys = Keys;
        Span<int> rows = Rows;
        foreach (ulong key in keys)
        {
            places[(int)(key >> shift) & (Digits - 1)]++;
        }

        int sum = 0;
        foreach (ref int place in places)
        {
            (place, sum) = (sum, sum + place);
        }

        for (int index = 0; index < keys.Length; index++)
        {
            int place = places[(int)(keys[index] >> shift) & (Digits - 1)]++;
            _otherKeys[place] = keys[index];
            _otherRows[place] = rows[index];
        }

        (_keys, _otherKeys) = (_otherKeys, _keys);
        (_rows, _otherRows) = (_otherRows, _rows);
    }
}
