using System.Numerics;

namespace Squelch;

/// <summary>The vector operations that scans are written in; one implementation per width.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal interface IWidth<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    static abstract V Evaluate<K>(ref K kernel, int row)
        where K : struct, IRowKernel<T>;

    static abstract V Create(T value);

    /// <summary>Lane i is all ones where bit i is set.</summary>
    static abstract V Mask(ulong bits);

    static abstract ulong Bits(V mask);

    static abstract V Less(V a, V b);

    static abstract V LessOrEqual(V a, V b);

    static abstract V Same(V a, V b);

    static abstract V And(V a, V b);

    static abstract V Select(V mask, V a, V b);

    static abstract V Load(ref T from, int index);

    static abstract void Store(V vector, ref T to, int index);

    /// <summary>The least lane; no lane is NaN.</summary>
    static abstract T Least(V vector);

    /// <summary>The greatest lane; no lane is NaN.</summary>
    static abstract T Greatest(V vector);
}
