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
    private Ranked[] _ranked = new Ranked[16];
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

        if (_ranked.Length < rows.Length)
        {
            _ranked = new Ranked[Math.Max(rows.Length, _ranked.Length * 2)];
        }

        for (int term = 0; term < _scales.Length; term++)
        {
            _byTerm[_shape.ScaledTerms[term]] = _scales[term];
        }

        for (int index = 0; index < rows.Length; index++)
        {
            if (rows[index] > int.MaxValue || !_cpu.IsCandidate((int)rows[index]))
            {
                throw new SquelchException($"The device chose row {rows[index]}, which is no candidate.");
            }

            _ranked[index] = Rank((int)rows[index], now);
        }

        _now = now;
        _ranked.AsSpan(0, rows.Length).Sort(new Ranking(this));
        for (int index = 1; index < rows.Length; index++)
        {
            if (_ranked[index].Row == _ranked[index - 1].Row)
            {
                Close();
                throw new SquelchException($"The device chose row {_ranked[index].Row} twice.");
            }
        }

        _count = wanted;
        _next = 0;
        Used = 0;
    }

    /// <summary>Writes the first victims of the batch.</summary>
    public void CopyTo(Span<int> victims)
    {
        for (int index = 0; index < victims.Length; index++)
        {
            victims[index] = _ranked[index].Row;
        }
    }

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

    /// <summary>A victim goes, or a node is made or used: the policy's own numbers may change, and with them all scores.</summary>
    public void StatesChange()
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

        while (_next < _count && _changed.Contains(_ranked[_next].Row))
        {
            _next++;
        }

        Ranked changed = default;
        bool any = false;
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

            Ranked own = Rank(row, now);
            if (!any || Compare(own, changed) < 0)
            {
                changed = own;
                any = true;
            }
        }

        if (_next < _count && (!any || Compare(_ranked[_next], changed) < 0))
        {
            victim = _ranked[_next].Row;
        }
        else if (any && (_next < _count || GoesBeforeTheRest(changed)))
        {
            victim = changed.Row;
        }

        if (victim < 0)
        {
            Close();
            return false;
        }

        Used++;
        return true;
    }

    /// <summary>The batch is used up. Rows that are not in it and have not changed come after where its last one stood.</summary>
    private bool GoesBeforeTheRest(in Ranked changed)
        => _count > 0
           && (_shape.Orders == 1 || !_changed.Contains(_ranked[_count - 1].Row))
           && Compare(changed, _ranked[_count - 1]) < 0;

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

    private Ranked Rank(int row, double now) => new(_cpu.ScoreWith(0, row, now, _byTerm), _cpu.Nodes.Creation(row), row);

    private int Compare(in Ranked a, in Ranked b)
    {
        int comparison = ScoreOrder.Compare(a.Score, b.Score);
        for (int order = 1; comparison == 0 && order < _shape.Orders; order++)
        {
            comparison = ScoreOrder.Compare(_cpu.ScoreWith(order, a.Row, _now, _byTerm), _cpu.ScoreWith(order, b.Row, _now, _byTerm));
        }

        return comparison != 0 ? comparison : a.Creation.CompareTo(b.Creation);
    }

    /// <summary>A row with what decides its place.</summary>
    private readonly record struct Ranked(double Score, long Creation, int Row);

    private readonly struct Ranking(VictimBatch batch) : IComparer<Ranked>
    {
        public int Compare(Ranked x, Ranked y) => batch.Compare(x, y);
    }
}
