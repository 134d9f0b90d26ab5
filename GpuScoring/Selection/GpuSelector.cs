namespace Squelch.GpuScoring;

/// <summary>
/// A policy's selector with a device in front: every change goes to the CPU plan, which stays ready, and is noted for the device's columns.
/// Whatever goes wrong on the device, the CPU plan answers that same selection and all later ones. One caller at a time, as for every
/// <see cref="IVictimSelector"/>; several selectors may share a device.
/// </summary>
public sealed class GpuSelector : IVictimSelector, IDisposable
{
    private const int MostVictims = 4096;

    private readonly FormulaSelector _cpu;
    private readonly Action<string> _warn;
    private readonly bool _always;
    private readonly DeviceShape _shape;
    private readonly ChangedRows _changed = new();
    private readonly VictimBatch _batch;
    private readonly Crossover _crossover = new();
    private DeviceSelection? _device;
    private int _rows;
    private long _expected;
    private double _bytesPerVictim;
    private int _usable = 1;

    internal GpuSelector(FormulaSelector cpu, DeviceShape shape, DeviceSelection device, bool always, Action<string> warn)
    {
        _cpu = cpu;
        _shape = shape;
        _device = device;
        _always = always;
        _warn = warn;
        _batch = new(cpu, shape);
        Grow(cpu.Nodes.Capacity);
        NoteAll();
    }

    /// <summary>True until something went wrong on the device.</summary>
    public bool HasDevice => _device is not null;

    /// <summary>Selections that ran on the device; each may have given several victims.</summary>
    public long DeviceSelections { get; private set; }

    /// <summary>Victims that came out of an earlier selection's batch.</summary>
    public long BatchedVictims { get; private set; }

    /// <summary>The policy's own selector.</summary>
    public FormulaSelector Cpu => _cpu;

    /// <inheritdoc/>
    public bool SelectionLeavesNoTrace => true;

    /// <inheritdoc/>
    public bool RemembersKeys => _cpu.RemembersKeys;

    internal DeviceSelection? Device => _device;

    /// <summary>The key by which the device chose the row the last time; null where it did not.</summary>
    internal ulong? DeviceKey(int row) => _batch.KeyOf(row);

    /// <inheritdoc/>
    public int Select(double now)
    {
        if (_cpu.CandidateCount == 0)
        {
            return -1;
        }

        if (_device is null)
        {
            return _cpu.Select(now);
        }

        if (_batch.TryNext(now, out int victim))
        {
            BatchedVictims++;
            return victim;
        }

        if (!_always && !_crossover.PrefersDevice(_device.SecondsPerVictim(_rows) / _usable))
        {
            return _crossover.Measured(_cpu, now);
        }

        try
        {
            victim = OnDevice(_device, now);
        }
        catch (Exception exception)
        {
            GiveUp(exception.Message);
            return _cpu.Select(now);
        }

        if (_crossover.ProbeIsDue() && _crossover.Measured(_cpu, now) is int check && check != victim)
        {
            GiveUp($"it chose node {victim} where the CPU plan chose {check}");
            return check;
        }

        return victim;
    }

    /// <summary>The victims that this many selections at one time would give if nothing but the victims left: the lowest candidates, in order.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="victims">Receives the victims.</param>
    /// <returns>How many there are.</returns>
    public int Select(double now, Span<int> victims)
    {
        int wanted = Math.Min(victims.Length, _cpu.CandidateCount);
        if (wanted == 0)
        {
            return 0;
        }

        if (_device is not null)
        {
            try
            {
                if (Choose(_device, now, wanted))
                {
                    _batch.CopyTo(victims[..wanted]);
                    _batch.Close();
                    return wanted;
                }
            }
            catch (Exception exception)
            {
                GiveUp(exception.Message);
            }
        }

        return _cpu.Lowest(now, victims[..wanted]);
    }

    /// <inheritdoc/>
    public void Expect(long bytes) => _expected = bytes;

    /// <inheritdoc/>
    public void Grow(int capacity)
    {
        _cpu.Grow(capacity);
        _rows = Math.Max(_rows, capacity);
        _changed.Grow(capacity);
        _batch.Grow(capacity);
    }

    /// <inheritdoc/>
    public void Insert(int node, in Access access)
    {
        Changing(node);
        _cpu.Insert(node, access);
        _batch.StatesChange();
    }

    /// <inheritdoc/>
    public void Split(int node, int lower)
    {
        Changing(node);
        _cpu.Split(node, lower);
    }

    /// <inheritdoc/>
    public void Hit(int node, in Access access)
    {
        Changing(node);
        _cpu.Hit(node, access);
        _batch.StatesChange();
    }

    /// <inheritdoc/>
    public void Touch(int node, in Access access)
    {
        Changing(node);
        _cpu.Touch(node, access);
    }

    /// <inheritdoc/>
    public void EdgeChanged(int node)
    {
        Changing(node);
        _cpu.EdgeChanged(node);
    }

    /// <inheritdoc/>
    public void ChildrenChanged(int node)
    {
        Changing(node);
        _cpu.ChildrenChanged(node);
    }

    /// <inheritdoc/>
    public void SetCandidate(int node, bool candidate)
    {
        Changing(node);
        _cpu.SetCandidate(node, candidate);
    }

    /// <inheritdoc/>
    public void Evicting(int node, double now)
    {
        long bytes = _cpu.Nodes.BytesFreed(node);
        _bytesPerVictim = _bytesPerVictim == 0 ? bytes : _bytesPerVictim + (0.1 * (bytes - _bytesPerVictim));
        _expected -= bytes;
        _cpu.Evicting(node, now);
        _batch.StatesChange();
    }

    /// <inheritdoc/>
    public void Remove(int node)
    {
        Changing(node);
        _cpu.Remove(node);
    }

    /// <inheritdoc/>
    public void Retune(ReadOnlySpan<double> tunables)
    {
        _batch.Close();
        _cpu.Retune(tunables);

        // Columns may have been computed anew.
        NoteAll();
    }

    /// <summary>Gives the device's memory back; the CPU plan goes on.</summary>
    public void Dispose()
    {
        _device?.Dispose();
        _device = null;
        _batch.Close();
    }

    private int OnDevice(DeviceSelection device, double now)
    {
        // Batches that break early are made shorter, batches that do not longer.
        _usable = Math.Clamp(_batch.Used >= _usable ? 2 * _usable : Math.Max(1, _batch.Used), 1, MostVictims);
        int needed = _bytesPerVictim > 0 && _expected > 0 ? (int)Math.Min(MostVictims, Math.Ceiling(_expected / _bytesPerVictim)) : 1;
        int wanted = _shape.ReadsState ? 1 : Math.Clamp(needed, 1, Math.Min(_usable, _cpu.CandidateCount));
        if (!Choose(device, now, wanted))
        {
            return _cpu.Select(now);
        }

        return _batch.TryNext(now, out int victim) ? victim : throw new SquelchException("The device chose no victim.");
    }

    /// <summary>Fills the batch; false where the device leaves too many rows open.</summary>
    private bool Choose(DeviceSelection device, double now, int wanted)
    {
        ReadOnlySpan<ulong> rows = device.Choose(now, _rows, _changed.Rows, wanted, _batch.Scales);
        _changed.Clear();
        if (rows.IsEmpty)
        {
            _batch.Close();
            return false;
        }

        DeviceSelections++;
        _batch.Open(now, rows, wanted);
        return true;
    }

    private void Changing(int node)
    {
        if (_device is not null)
        {
            _batch.Changing(node);
            _changed.Add(node);
        }
    }

    private void NoteAll()
    {
        for (int node = 0; node < _rows; node++)
        {
            if (_cpu.Nodes.IsLive(node))
            {
                _changed.Add(node);
            }
        }
    }

    private void GiveUp(string why)
    {
        DeviceSelection? device = Interlocked.Exchange(ref _device, null);
        _batch.Close();
        _changed.Clear();
        try
        {
            device?.Dispose();
        }
        catch (Exception)
        {
            // The device is lost; its memory went with it.
        }

        _warn($"Victims are chosen on the CPU from now on: the GPU failed ({why.TrimEnd('.')}). No victim was lost.");
    }
}
