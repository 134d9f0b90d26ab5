using System.ComponentModel;
using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>The nodes of one block as a kernel sees them from afar: the least and the greatest value of each column over its candidates.</summary>
/// <param name="bounds">Of each column the least values of all blocks, then the greatest.</param>
/// <param name="stride">Room for blocks.</param>
/// <param name="block">The block.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceBlock(ArrayView<double> bounds, long stride, int block)
{
    private readonly ArrayView<double> _bounds = bounds;
    private readonly long _stride = stride;
    private readonly int _block = block;

    /// <summary>No candidate's value in the column is below.</summary>
    public double Low(int column) => _bounds[(2 * column * _stride) + _block];

    /// <summary>No candidate's value in the column is above.</summary>
    public double High(int column) => _bounds[(((2 * column) + 1) * _stride) + _block];
}
