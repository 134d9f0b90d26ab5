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
    private readonly RankedRows _ranked = new();
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
    /// <param name="now">The clock.</param>
    /// <param name="chosen">Each row with the key of its first score; what a device knows within bounds only is scored anew.</param>
    /// <param name="wanted">Victims.</param>
    /// <exception cref="SquelchException">A row is no candidate, or comes twice: the device is not to be trusted.</exception>
    public void Open(double now, ReadOnlySpan<ulong> chosen, int wanted)
    {
        Close();
        int count = chosen.Length / 2;
        if (count < wanted)
        {
            throw new SquelchException($"The device chose {count} victims of {wanted}.");
        }

        for (int term = 0; term < _scales.Length; term++)
        {
            _byTerm[_shape.ScaledTerms[term]] = _scales[term];
        }

        _ranked.Start(count);
        Span<int> rows = _ranked.Rows;
        Span<ulong> keys = _ranked.Keys;
        for (int index = 0; index < count; index++)
        {
            ulong row = chosen[2 * index];
            if (row > int.MaxValue || !_cpu.IsCandidate((int)row))
            {
                throw new SquelchException($"The device chose row {row}, which is no candidate.");
            }

            rows[index] = (int)row;
            keys[index] = _shape.Bounded ? OrderKey.Of(_cpu.ScoreWith(0, (int)row, now, _byTerm)) : chosen[(2 * index) + 1];
        }

        _now = now;
        _ranked.Sort();
        SortTies();
        _count = wanted;
        _next = 0;
        Used = 0;
    }

    /// <summary>Writes the first victims of the batch.</summary>
    public void CopyTo(Span<int> victims) => _ranked.Rows[..victims.Length].CopyTo(victims);

    /// <summary>The key that the last choice gave the row; null where it is not among those chosen.</summary>
    public ulong? KeyOf(int row) => _ranked.Rows.IndexOf(row) is >= 0 and int index ? _ranked.Keys[index] : null;

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

        while (_next < _count && _changed.Contains(_ranked.Rows[_next]))
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

        if (_next < _count && (!any || Compare(At(_next), changed) < 0))
        {
            victim = _ranked.Rows[_next];
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
           && (_shape.Orders == 1 || !_changed.Contains(_ranked.Rows[_count - 1]))
           && Compare(changed, At(_count - 1)) < 0;

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

    /// <summary>Rows of one key stand together by now: further scores, at last their creation numbers, tell them apart.</summary>
    private void SortTies()
    {
        Span<ulong> keys = _ranked.Keys;
        Span<int> rows = _ranked.Rows;
        for (int first = 0; first < keys.Length;)
        {
            int end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
            {
                end++;
            }

            Span<int> tied = rows[first..end];
            if (tied.Length > 1)
            {
                tied.Sort(new Ranking(this));
            }

            for (int index = 1; index < tied.Length; index++)
            {
                if (tied[index] == tied[index - 1])
                {
                    Close();
                    throw new SquelchException($"The device chose row {tied[index]} twice.");
                }
            }

            first = end;
        }
    }

    private Ranked At(int index) => new(_ranked.Keys[index], _ranked.Rows[index]);

    private Ranked Rank(int row, double now) => new(OrderKey.Of(_cpu.ScoreWith(0, row, now, _byTerm)), row);

    private int Compare(in Ranked a, in Ranked b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : CompareTied(a.Row, b.Row);

    /// <summary>Of rows whose first scores are equal.</summary>
    private int CompareTied(int a, int b)
    {
        for (int order = 1; order < _shape.Orders; order++)
        {
            int comparison = ScoreOrder.Compare(_cpu.ScoreWith(order, a, _now, _byTerm), _cpu.ScoreWith(order, b, _now, _byTerm));
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return _cpu.Nodes.Creation(a).CompareTo(_cpu.Nodes.Creation(b));
    }

    /// <summary>A row with the key of its first score.</summary>
    private readonly record struct Ranked(ulong Key, int Row);

    private readonly struct Ranking(VictimBatch batch) : IComparer<int>
    {
        public int Compare(int x, int y) => batch.CompareTied(x, y);
    }
}
