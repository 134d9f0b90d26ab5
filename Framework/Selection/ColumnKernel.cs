using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>The rows of a column as they are.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="column">The column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ColumnKernel<T>(T[] column) : IRowKernel<T>
    where T : unmanaged
{
    private readonly T[] _column = column;

    /// <inheritdoc/>
    public T At(int row) => _column[row];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<T> At128(int row) => Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_column), (nuint)row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> At256(int row) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_column), (nuint)row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At512(int row) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_column), (nuint)row);
}
