using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Squelch.CompilerServices;

/// <summary>The rows of a column as they are.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="column">The column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ColumnKernel<T>(T[] column) : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _column = column;

    /// <inheritdoc/>
    public T At(int row) => _column[row];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(int row)
        where V : struct, ILanes<V, T>
        => V.Load(_column, row);
}
