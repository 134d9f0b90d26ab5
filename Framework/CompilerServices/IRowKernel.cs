using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>One number per row, computed one row or one vector of rows at a time, with equal bits. Generated code implements it.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of one row.</summary>
    T At(int row);

    /// <summary>The numbers of the rows from <paramref name="row"/> on.</summary>
    /// <typeparam name="V">Vectors of a width.</typeparam>
    V At<V>(int row)
        where V : struct, ILanes<V, T>;
}
