using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>
/// A selector's columns in device memory. Changed rows are gathered in pinned memory, copied at once and scattered by one kernel; a row that
/// is no candidate has the creation number 0.
/// </summary>
internal sealed class DeviceColumns : IDisposable
{
    private const int MostStaged = 1 << 16;

    private readonly GpuDevice _device;
    private readonly AcceleratorStream _stream;
    private readonly FormulaSelector _source;
    private readonly int _count;
    private readonly bool _single;
    private readonly Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, ArrayView<int>, int, int, int> _scatter;
    private readonly BlockSummaries? _summaries;
    private MemoryBuffer1D<float, Stride1D.Dense>? _columns;
    private MemoryBuffer1D<long, Stride1D.Dense>? _creations;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _changes;
    private PageLockedArray1D<ulong>? _staging;
    private int _capacity;

    /// <summary>The columns of a selector; nothing is taken yet.</summary>
    public DeviceColumns(GpuDevice device, AcceleratorStream stream, FormulaSelector source, DeviceShape shape, Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, ArrayView<int>, int, int, int> scatter)
    {
        _device = device;
        _stream = stream;
        _source = source;
        _count = shape.Columns;
        _single = shape.Single;
        _scatter = scatter;
        _summaries = shape.Summarized ? new(device, stream, shape.Columns) : null;
    }

    /// <summary>Rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes that the last update moved.</summary>
    public long BytesMoved { get; private set; }

    /// <summary>What the kernels see.</summary>
    public DeviceTable Table => _single
        ? new(default, _creations!.View.BaseView, _capacity, Rows, _columns!.View.BaseView)
        : new(_columns!.View.Cast<float, double>().BaseView, _creations!.View.BaseView, _capacity, Rows);

    /// <summary>What is known of whole blocks; none where the formula has no bounds.</summary>
    public Summaries Summaries => _summaries?.Of(Rows) ?? default;

    /// <summary>Floats per value: the columns are kept as floats, two for a double.</summary>
    private int Width => _single ? 1 : 2;

    /// <summary>Makes room and brings the changed rows over, in stream order.</summary>
    public void Update(int rows, ReadOnlySpan<int> changed)
    {
        if (rows > _capacity)
        {
            Grow(rows);
        }

        Rows = Math.Max(Rows, rows);
        BytesMoved = 0;
        int stride = _count + 2;
        int staged = (int)(_staging!.Length / stride);
        for (int first = 0; first < changed.Length; first += staged)
        {
            if (first > 0)
            {
                // The last copy may still read the pinned memory.
                _stream.Synchronize();
            }

            ReadOnlySpan<int> part = changed.Slice(first, Math.Min(staged, changed.Length - first));
            _source.CopyRows(part, _count, _staging.Span);
            int length = part.Length * stride;
            _device.Enter(DeviceStep.Copy);
            ArrayView<ulong> target = _changes!.View.BaseView.SubView(0, length);
            ArrayView<ulong> source = _staging.ArrayView.SubView(0, length);
            target.CopyFrom(_stream, source);
            _device.EnterLaunch("Scatter");
            _scatter(_stream, new KernelConfig(_device.Groups(part.Length), _device.Threads), Table, target, _summaries?.Changed ?? default, part.Length, _count, _single ? 1 : 0);
            BytesMoved += length * sizeof(ulong);
        }
    }

    /// <summary>Gives all memory back.</summary>
    public void Dispose()
    {
        _device.Free(_columns);
        _device.Free(_creations);
        _device.Free(_changes);
        _staging?.Dispose();
        _summaries?.Dispose();
        _columns = null;
        _creations = null;
        _changes = null;
        _staging = null;
        _capacity = 0;
    }

    /// <summary>Moves to greater memory; what is there stays, so no row has to be sent again.</summary>
    private void Grow(int rows)
    {
        int capacity = (int)Math.Min(Math.Max(rows, 256L + _capacity + (_capacity / 2)), Array.MaxLength);
        MemoryBuffer1D<float, Stride1D.Dense> columns = _device.Allocate<float>(Math.Max(2, (long)capacity * _count * Width));
        MemoryBuffer1D<long, Stride1D.Dense>? creations = null;
        try
        {
            creations = _device.Allocate<long>(capacity);
            if (_changes is null)
            {
                int staged = Math.Min(capacity, MostStaged) * (_count + 2);
                _changes = _device.Allocate<ulong>(staged);
                _staging = _device.Accelerator.AllocatePageLocked1D<ulong>(staged);
            }
            else if (_staging!.Length < MostStaged * (_count + 2))
            {
                _stream.Synchronize();
                int staged = Math.Min(capacity, MostStaged) * (_count + 2);
                _device.Free(_changes);
                _staging.Dispose();
                _changes = _device.Allocate<ulong>(staged);
                _staging = _device.Accelerator.AllocatePageLocked1D<ulong>(staged);
            }
        }
        catch
        {
            _device.Free(columns);
            _device.Free(creations);
            throw;
        }

        columns.MemSetToZero(_stream);
        creations.MemSetToZero(_stream);
        if (_columns is not null)
        {
            for (int column = 0; column < _count; column++)
            {
                ArrayView<float> from = _columns.View.BaseView.SubView((long)column * _capacity * Width, (long)Rows * Width);
                ArrayView<float> to = columns.View.BaseView.SubView((long)column * capacity * Width, (long)Rows * Width);
                to.CopyFrom(_stream, from);
            }

            ArrayView<long> old = _creations!.View.BaseView.SubView(0, Rows);
            creations.View.BaseView.SubView(0, Rows).CopyFrom(_stream, old);
            _stream.Synchronize();
            _device.Free(_columns);
            _device.Free(_creations);
        }

        _columns = columns;
        _creations = creations;
        _capacity = capacity;
        _summaries?.Grow(capacity);
    }
}
