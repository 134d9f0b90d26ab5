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
    {
        Span<T> numbers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Exp(numbers[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>2 to the power of each lane.</summary>
    public static V Exp2<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Exp2(numbers[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>Natural logarithms.</summary>
    public static V Log<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Log(numbers[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>Logarithms to base 2.</summary>
    public static V Log2<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Log2(numbers[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>Logarithms to base 10.</summary>
    public static V Log10<V, T>(V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Log10(numbers[lane]);
        }

        return V.From(numbers);
    }

    /// <summary>Powers.</summary>
    public static V Pow<V, T>(V lanes, V exponents)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> numbers = stackalloc T[MostLanes];
        Span<T> powers = stackalloc T[MostLanes];
        V.CopyTo(lanes, numbers);
        V.CopyTo(exponents, powers);
        for (int lane = 0; lane < V.Count; lane++)
        {
            numbers[lane] = T.Pow(numbers[lane], powers[lane]);
        }

        return V.From(numbers);
    }

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
}
