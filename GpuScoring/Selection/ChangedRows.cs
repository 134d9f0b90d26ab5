namespace Squelch.GpuScoring;

/// <summary>A set of rows that is emptied at once.</summary>
internal sealed class ChangedRows
{
    private bool[] _member = [];
    private int[] _rows = new int[64];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, in the order of their first change.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>True where the row is in the set.</summary>
    public bool Contains(int row) => row < _member.Length && _member[row];

    /// <summary>Adds the row; false where it is there already.</summary>
    public bool Add(int row)
    {
        if (_member[row])
        {
            return false;
        }

        _member[row] = true;
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        _rows[Count++] = row;
        return true;
    }

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        foreach (int row in Rows)
        {
            _member[row] = false;
        }

        Count = 0;
    }

    /// <summary>Makes room for rows.</summary>
    public void Grow(int rows)
    {
        if (rows > _member.Length)
        {
            Array.Resize(ref _member, rows);
        }
    }
}
