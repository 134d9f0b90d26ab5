using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Squelch.CompilerServices;

/// <summary>Functions of vectors of any width. Those of a library are computed lane by lane, so that their bits equal those of the scalar form.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneFunctions
{
    /// <summary>Lanes of the widest vectors, of single precision.</summary>
    private const int MostLanes = 16;

    /// <summary>e to the power of each lane.</summary>
    public static V Exp<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, ExpOf<T>>(lanes, default);

    /// <summary>2 to the power of each lane.</summary>
    public static V Exp2<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, Exp2Of<T>>(lanes, default);

    /// <summary>Natural logarithms.</summary>
    public static V Log<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, LogOf<T>>(lanes, default);

    /// <summary>Logarithms to base 2.</summary>
    public static V Log2<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, Log2Of<T>>(lanes, default);

    /// <summary>Logarithms to base 10.</summary>
    public static V Log10<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, Log10Of<T>>(lanes, default);

    /// <summary>Powers.</summary>
    public static V Pow<V, T>(V lanes, V exponents)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => Each<V, T, PowOf<T>>(lanes, exponents);

    /// <summary>The numbers scaled to extremes; 1 where those are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalize<V, T>(Extremes<T> scale, V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        => scale.High != scale.Low ? (lanes - V.Create(scale.Low)) / V.Create(scale.High - scale.Low) : V.Create(T.One);

    /// <summary>The feature <c>draw</c> of the rows from one on: see <see cref="Squelch.Draw"/>.</summary>
    /// <param name="key">Of the selection.</param>
    /// <param name="creation">Creation numbers by row.</param>
    /// <param name="row">The first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Draw<V>(ulong key, long[] creation, int row)
        where V : struct, ILanes<V, double>
    {
        V hash = V.AddWhole(V.CreateWhole((long)key), V.MultiplyWhole(V.LoadWhole(creation, row), V.CreateWhole(unchecked((long)HashMix.Step))));
        hash = V.MultiplyWhole(hash ^ V.ShiftRightWhole(hash, 30), V.CreateWhole(unchecked((long)HashMix.First)));
        hash = V.MultiplyWhole(hash ^ V.ShiftRightWhole(hash, 27), V.CreateWhole(unchecked((long)HashMix.Second)));
        hash ^= V.ShiftRightWhole(hash, 31);
        return (V.ShiftRightWhole(hash, 12) | V.CreateWhole((long)Squelch.Draw.One)) - V.Create(1.0);
    }

    private static V Each<V, T, TFunction>(V first, V second)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IFunction<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        Span<T> others = stackalloc T[MostLanes];
        V.CopyTo(first, numbers);
        V.CopyTo(second, others);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = TFunction.Of(numbers[lane], others[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>A function of one number, or of two.</summary>
    private interface IFunction<T>
    {
        static abstract T Of(T first, T second);
    }

    private readonly struct ExpOf<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Exp(first);
    }

    private readonly struct Exp2Of<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Exp2(first);
    }

    private readonly struct LogOf<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Log(first);
    }

    private readonly struct Log2Of<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Log2(first);
    }

    private readonly struct Log10Of<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Log10(first);
    }

    private readonly struct PowOf<T> : IFunction<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static T Of(T first, T second) => T.Pow(first, second);
    }
}
