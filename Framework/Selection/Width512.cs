using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Width512<T> : IWidth<T, Vector512<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Evaluate<K>(ref K kernel, int row)
        where K : struct, IRowKernel<T>
        => kernel.At512(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Create(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<ulong> lanes = Vector512.Create(1UL, 2UL, 4UL, 8UL, 16UL, 32UL, 64UL, 128UL);
            return Vector512.Equals(Vector512.Create(bits) & lanes, lanes).As<ulong, T>();
        }
        else
        {
            Vector512<uint> lanes = Vector512.Create(1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U, 8192U, 16384U, 32768U);
            return Vector512.Equals(Vector512.Create((uint)bits) & lanes, lanes).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<T> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Less(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LessOrEqual(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Same(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> And(Vector512<T> a, Vector512<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref T from, int index) => Vector512.LoadUnsafe(ref from, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, ref T to, int index) => vector.StoreUnsafe(ref to, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Vector512<T> vector)
        => Width256<T>.Least(Vector256.Min(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector512<T> vector)
        => Width256<T>.Greatest(Vector256.Max(vector.GetLower(), vector.GetUpper()));
}
