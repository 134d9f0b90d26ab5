namespace Squelch.GpuScoring;

/// <summary>
/// Several victims chosen at once, handed out only as long as each is the victim that a fresh selection would give. That holds while the
/// clock, the tunables and the extremes of scaled terms are those of the choice and no policy state is read; then a row that has not changed
/// has the score it had, and the few that have changed since are scored anew on the CPU and compared with the next one of the batch.
/// </summary>
internal sealed class VictimBatch
{
    /// <summary>Scoring more changed rows than this for each victim costs more than a new selection.</summary>
    private const int MostChanged = 256;

    private readonly FormulaSelector _cpu;
    private readonly DeviceShape _shape;
    private readonly ChangedRows _changed = new();
    private readonly Extremes<double>[] _byTerm;
    private readonly Extremes<double>[] _scales;
    private readonly Comparison<int> _order;
    private int[] _rows = new int[16];
    private int _count;
    private int _next;
    private double _now = double.NaN;

    /// <summary>An empty batch.</summary>
    public VictimBatch(FormulaSelector cpu, DeviceShape shape)
    {
        _cpu = cpu;
        _shape = shape;
        _scales = new Extremes<double>[shape.ScaledTerms.Length];
        _byTerm = new Extremes<double>[shape.ScaledTerms.IsEmpty ? 0 : shape.ScaledTerms.Max() + 1];
        _order = Compare;
    }

    /// <summary>Victims handed out of the last batch.</summary>
    public int Used { get; private set; }

    /// <summary>Room for the extremes, one pair per scaled term.</summary>
    public Span<Extremes<double>> Scales => _scales;

    private bool IsOpen => !double.IsNaN(_now);

    /// <summary>Ends the batch.</summary>
    public void Close()
    {
        _now = double.NaN;
        _changed.Clear();
    }

    /// <summary>Starts a batch from the rows that the device chose: the lowest come first, the surplus is left out.</summary>
    /// <exception cref="SquelchException">A row is no candidate, or comes twice: the device is not to be trusted.</exception>
    public void Open(double now, ReadOnlySpan<ulong> rows, int wanted)
    {
        Close();
        if (rows.Length < wanted)
        {
            throw new SquelchException($"The device chose {rows.Length} victims of {wanted}.");
        }

        if (_rows.Length < rows.Length)
        {
            _rows = new int[Math.Max(rows.Length, _rows.Length * 2)];
        }

        for (int index = 0; index < rows.Length; index++)
        {
            if (rows[index] > int.MaxValue || !_cpu.IsCandidate((int)rows[index]))
            {
                throw new SquelchException($"The device chose row {rows[index]}, which is no candidate.");
            }

            _rows[index] = (int)rows[index];
        }

        for (int term = 0; term < _scales.Length; term++)
        {
            _byTerm[_shape.ScaledTerms[term]] = _scales[term];
        }

        _now = now;
        _rows.AsSpan(0, rows.Length).Sort(_order);
        for (int index = 1; index < rows.Length; index++)
        {
            if (_rows[index] == _rows[index - 1])
            {
                throw new SquelchException($"The device chose row {_rows[index]} twice.");
            }
        }

        _count = wanted;
        _next = 0;
        Used = 0;
    }

    /// <summary>The first victims of the batch.</summary>
    public ReadOnlySpan<int> Victims(int count) => _rows.AsSpan(0, count);

    /// <summary>Makes room for rows.</summary>
    public void Grow(int rows) => _changed.Grow(rows);

    /// <summary>The row is about to change; called before the selector knows of it.</summary>
    public void Changing(int row)
    {
        if (!IsOpen || !_changed.Add(row))
        {
            return;
        }

        // An extreme may go with the row.
        if (_changed.Count > MostChanged || (_cpu.IsCandidate(row) && !IsWithin(row, strictly: true)))
        {
            Close();
        }
    }

    /// <summary>A victim goes: states change.</summary>
    public void Evicting()
    {
        if (_shape.ReadsState)
        {
            Close();
        }
    }

    /// <summary>The next victim of the batch, or false where only a new selection can tell.</summary>
    public bool TryNext(double now, out int victim)
    {
        victim = -1;
        if (!IsOpen)
        {
            return false;
        }

        if (now != _now)
        {
            Close();
            return false;
        }

        while (_next < _count && _changed.Contains(_rows[_next]))
        {
            _next++;
        }

        int changed = -1;
        foreach (int row in _changed.Rows)
        {
            if (!_cpu.IsCandidate(row))
            {
                continue;
            }

            if (!IsWithin(row, strictly: false))
            {
                Close();
                return false;
            }

            if (changed < 0 || Compare(row, changed) < 0)
            {
                changed = row;
            }
        }

        if (_next < _count && (changed < 0 || Compare(_rows[_next], changed) < 0))
        {
            victim = _rows[_next];
        }
        else if (changed >= 0 && (_next < _count || GoesBeforeTheRest(changed)))
        {
            victim = changed;
        }

        if (victim < 0)
        {
            Close();
            return false;
        }

        Used++;
        return true;
    }

    /// <summary>The batch is used up; all rows that are not in it come after its last one, which keeps its place while it has not changed.</summary>
    private bool GoesBeforeTheRest(int row)
        => _count > 0 && !_changed.Contains(_rows[_count - 1]) && Compare(row, _rows[_count - 1]) < 0;

    private bool IsWithin(int row, bool strictly)
    {
        for (int term = 0; term < _scales.Length; term++)
        {
            double value = _cpu.RawTerm(_shape.ScaledTerms[term], row, _now);
            Extremes<double> scale = _scales[term];
            bool within = strictly ? !(value <= scale.Low || value >= scale.High) : !(value < scale.Low || value > scale.High);
            if (!within)
            {
                return false;
            }
        }

        return true;
    }

    private int Compare(int a, int b)
    {
        for (int order = 0; order < _shape.Orders; order++)
        {
            int comparison = ScoreOrder.Compare(_cpu.ScoreWith(order, a, _now, _byTerm), _cpu.ScoreWith(order, b, _now, _byTerm));
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return _cpu.Nodes.Creation(a).CompareTo(_cpu.Nodes.Creation(b));
    }
}
