using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The memory of a tree's <see cref="Summaries"/>. Where rows move to greater memory, all blocks count as changed.</summary>
internal sealed class BlockSummaries(GpuDevice device, AcceleratorStream stream, int columns) : IDisposable
{
    private MemoryBuffer1D<double, Stride1D.Dense>? _bounds;
    private MemoryBuffer1D<int, Stride1D.Dense>? _changed;
    private MemoryBuffer1D<int, Stride1D.Dense>? _states;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _keys;
    private MemoryBuffer1D<double, Stride1D.Dense>? _totals;
    private MemoryBuffer1D<float, Stride1D.Dense>? _singleTotals;

    /// <summary>Marks of changed blocks.</summary>
    public ArrayView<int> Changed => _changed!.View.BaseView;

    /// <summary>Makes room for the blocks of so many rows.</summary>
    public void Grow(int rows)
    {
        int blocks = Blocks(rows);
        Dispose();
        _bounds = device.Allocate<double>(2L * columns * blocks);
        _changed = device.Allocate<int>(blocks);
        _states = device.Allocate<int>(blocks);
        _keys = device.Allocate<ulong>(blocks);
        _totals = device.Allocate<double>(2 * columns);
        _singleTotals = device.Allocate<float>(2 * columns);

        // Any number but 0 marks a block.
        _changed.MemSet(stream, 1);
        _states.MemSetToZero(stream);
    }

    /// <summary>The summaries as kernels see them.</summary>
    public Summaries Of(int rows)
        => new(_bounds!.View.BaseView, Changed, _states!.View.BaseView, _keys!.View.BaseView, _totals!.View.BaseView, _singleTotals!.View.BaseView, Blocks(rows));

    /// <inheritdoc/>
    public void Dispose()
    {
        device.Free(_bounds);
        device.Free(_changed);
        device.Free(_states);
        device.Free(_keys);
        device.Free(_totals);
        device.Free(_singleTotals);
        _bounds = null;
        _changed = null;
        _states = null;
        _keys = null;
        _totals = null;
        _singleTotals = null;
    }

    private static int Blocks(int rows) => (rows + (1 << Summaries.BlockBits) - 1) >> Summaries.BlockBits;
}
