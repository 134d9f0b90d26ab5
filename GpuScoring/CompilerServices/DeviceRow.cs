using System.ComponentModel;
using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>One node as a kernel sees it.</summary>
/// <param name="table">All nodes.</param>
/// <param name="row">The node.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceRow(DeviceTable table, int row)
{
    private readonly DeviceTable _table = table;
    private readonly int _row = row;

    /// <summary>The node's value in a column.</summary>
    public double Column(int column) => _table.Columns[(column * _table.Stride) + _row];

    /// <summary>The node's value in a column of single precision.</summary>
    public double Single(int column) => _table.Singles[(column * _table.Stride) + _row];

    /// <summary>The feature <c>draw</c>: the integer hash of <see cref="Squelch.Draw"/>, which devices compute alike.</summary>
    public double Draw(ulong key)
    {
        ulong hash = key + ((ulong)_table.Creations[_row] * 0x9E3779B97F4A7C15);
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        hash ^= hash >> 31;
        return Interop.IntAsFloat((hash >> 12) | 0x3FF0000000000000) - 1.0;
    }
}

/// <summary>All nodes of a tree as a kernel sees them.</summary>
/// <param name="columns">One column after the other, <paramref name="stride"/> numbers each.</param>
/// <param name="creations">Creation numbers; 0 where the row is no candidate.</param>
/// <param name="stride">Room for rows.</param>
/// <param name="rows">Rows in use.</param>
/// <param name="singles">The columns where the policy computes in single precision; <paramref name="columns"/> is empty then.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceTable(ArrayView<double> columns, ArrayView<long> creations, long stride, int rows, ArrayView<float> singles = default)
{
    /// <summary>One column after the other.</summary>
    public readonly ArrayView<double> Columns = columns;

    /// <summary>One column after the other, in single precision.</summary>
    public readonly ArrayView<float> Singles = singles;

    /// <summary>Creation numbers; 0 where the row is no candidate.</summary>
    public readonly ArrayView<long> Creations = creations;

    /// <summary>Room for rows.</summary>
    public readonly long Stride = stride;

    /// <summary>Rows in use.</summary>
    public readonly int Rows = rows;
}
