using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Width128<T> : IWidth<T, Vector128<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Evaluate<K>(ref K kernel, int row)
        where K : struct, IRowKernel<T>
        => kernel.At128(row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<ulong> lanes = Vector128.Create(1UL, 2UL);
            return Vector128.Equals(Vector128.Create(bits) & lanes, lanes).As<ulong, T>();
        }
        else
        {
            Vector128<uint> lanes = Vector128.Create(1U, 2U, 4U, 8U);
            return Vector128.Equals(Vector128.Create((uint)bits) & lanes, lanes).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector128<T> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Less(Vector128<T> a, Vector128<T> b) => Vector128.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LessOrEqual(Vector128<T> a, Vector128<T> b) => Vector128.LessThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Same(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T from, int index) => Vector128.LoadUnsafe(ref from, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, ref T to, int index) => vector.StoreUnsafe(ref to, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Vector128<T> vector)
        => typeof(T) == typeof(double)
            ? T.Min(vector.GetElement(0), vector.GetElement(1))
            : T.Min(T.Min(vector.GetElement(0), vector.GetElement(1)), T.Min(vector.GetElement(2), vector.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector128<T> vector)
        => typeof(T) == typeof(double)
            ? T.Max(vector.GetElement(0), vector.GetElement(1))
            : T.Max(T.Max(vector.GetElement(0), vector.GetElement(1)), T.Max(vector.GetElement(2), vector.GetElement(3)));
}
