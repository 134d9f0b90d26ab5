namespace Squelch.GpuScoring;

/// <summary>
/// A selector's columns in device memory. Changed rows are gathered in pinned memory, copied at once and scattered by one kernel; a row that is no candidate has
/// the creation number 0.
/// </summary>
internal sealed unsafe class DriverColumns(DriverDevice device, DriverKernels kernels, FormulaSelector source, DeviceShape shape, nint stream)
{
    private const int MostStaged = 1 << 16;

    private readonly int _width = shape.Single ? sizeof(float) : sizeof(double);
    private readonly int _changeLength = shape.Columns + 2;
    private readonly DriverBlocks _blocks = new(device, shape, stream);
    private DriverMemory _columns;
    private DriverMemory _creations;
    private DriverMemory _changes;
    private PinnedMemory _staging;
    private int _capacity;

    /// <summary>Rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes that the last update moved.</summary>
    public long BytesMoved { get; private set; }

    /// <summary>What all kernels are told of the columns.</summary>
    /// <param name="closed">Blocks of rows whose key is above the limit are not read.</param>
    public DriverArguments Arguments(bool closed = false) => _blocks.AddTo(Table, closed);

    private DriverArguments Table => new()
    {
        Columns = _columns.Address,
        Creations = _creations.Address,
        Stride = (ulong)((long)_capacity * _width),
        Changes = _changes.Address,
        Rows = Rows,
        Width = _width,
        Terms = shape.ScaledTerms.Length,
        Orders = shape.Orders,
        Count = shape.Columns,
    };

    /// <summary>Makes room and brings the changed rows over, in stream order.</summary>
    /// <returns>Launches.</returns>
    public int Update(int rows, ReadOnlySpan<int> changed)
    {
        if (rows > _capacity)
        {
            Grow(rows);
        }

        Rows = Math.Max(Rows, rows);
        BytesMoved = 0;
        int launches = 0;
        int staged = _staging.Length / _changeLength;
        for (int first = 0; first < changed.Length; first += staged)
        {
            if (first > 0)
            {
                // The last copy may still read the pinned memory.
                device.Driver.Synchronize(stream);
            }

            ReadOnlySpan<int> part = changed.Slice(first, Math.Min(staged, changed.Length - first));
            source.CopyRows(part, shape.Columns, _staging.Span);
            long bytes = (long)part.Length * _changeLength * sizeof(ulong);
            device.Driver.CopyToDevice(_changes.Address, (void*)_staging.Address, bytes, stream);
            DriverArguments arguments = Arguments() with { Changed = part.Length };
            device.Driver.Launch(kernels.Scatter, device.Groups(part.Length), device.Threads, arguments, [0], stream);
            BytesMoved += bytes;
            launches++;
        }

        return launches;
    }

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        device.Free(ref _columns);
        device.Free(ref _creations);
        device.Free(ref _changes);
        device.Free(ref _staging);
        _blocks.Free();
        _capacity = 0;
    }

    /// <summary>Moves to greater memory; what is there stays, so no row has to be sent again. Each column is as long as whole loads are.</summary>
    private void Grow(int rows)
    {
        int load = PtxModule.RowsPerLoad(shape);
        int capacity = ((int)Math.Min(Math.Max(rows, 256L + _capacity + (_capacity / 2)), Array.MaxLength) + load - 1) / load * load;
        if (_staging.Length < MostStaged * _changeLength)
        {
            int staged = Math.Min(capacity, MostStaged) * _changeLength;
            device.Driver.Synchronize(stream);
            device.Free(ref _changes);
            device.Free(ref _staging);
            _changes = device.Allocate((long)staged * sizeof(ulong));
            _staging = device.AllocatePinned(staged);
        }

        if (shape.Summarized)
        {
            _blocks.Grow(capacity);
        }

        DriverMemory columns = device.Allocate(Math.Max(sizeof(double), (long)capacity * shape.Columns * _width));
        DriverMemory creations = default;
        try
        {
            creations = device.Allocate((long)capacity * sizeof(long));
            device.Driver.Clear(columns.Address, columns.Bytes, stream);
            device.Driver.Clear(creations.Address, creations.Bytes, stream);
            if (Rows > 0)
            {
                for (int column = 0; column < shape.Columns; column++)
                {
                    device.Driver.CopyOnDevice(columns.Address + (ulong)((long)column * capacity * _width), _columns.Address + (ulong)((long)column * _capacity * _width), (long)Rows * _width, stream);
                }

                device.Driver.CopyOnDevice(creations.Address, _creations.Address, (long)Rows * sizeof(long), stream);
                device.Driver.Synchronize(stream);
            }
        }
        catch
        {
            device.Free(ref columns);
            device.Free(ref creations);
            throw;
        }

        device.Free(ref _columns);
        device.Free(ref _creations);
        _columns = columns;
        _creations = creations;
        _capacity = capacity;
    }
}
