using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>One number per row, computed one row or one vector of rows at a time, with equal bits. Generated code implements it.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowKernel<T>
    where T : unmanaged
{
    /// <summary>The number of one row.</summary>
    T At(int row);

    /// <summary>The numbers of the rows from <paramref name="row"/> on.</summary>
    Vector128<T> At128(int row);

    /// <summary>The numbers of the rows from <paramref name="row"/> on.</summary>
    Vector256<T> At256(int row);

    /// <summary>The numbers of the rows from <paramref name="row"/> on.</summary>
    Vector512<T> At512(int row);
}
