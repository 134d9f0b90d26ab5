using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Width256<T> : IWidth<T, Vector256<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Evaluate<K>(ref K kernel, int row)
        where K : struct, IRowKernel<T>
        => kernel.At256(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<ulong> lanes = Vector256.Create(1UL, 2UL, 4UL, 8UL);
            return Vector256.Equals(Vector256.Create(bits) & lanes, lanes).As<ulong, T>();
        }
        else
        {
            Vector256<uint> lanes = Vector256.Create(1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U);
            return Vector256.Equals(Vector256.Create((uint)bits) & lanes, lanes).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector256<T> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Less(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LessOrEqual(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Same(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> a, Vector256<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref T from, int index) => Vector256.LoadUnsafe(ref from, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, ref T to, int index) => vector.StoreUnsafe(ref to, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Vector256<T> vector)
        => Width128<T>.Least(Vector128.Min(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector256<T> vector)
        => Width128<T>.Greatest(Vector128.Max(vector.GetLower(), vector.GetUpper()));
}
