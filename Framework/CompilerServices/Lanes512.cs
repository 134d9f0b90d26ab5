using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>Vectors of 512 bits.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Lanes512<T> : ILanes<Lanes512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value;

    internal Lanes512(Vector512<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    public static Lanes512<T> False => new(Vector512<T>.Zero);

    /// <inheritdoc/>
    public static Lanes512<T> True => new(Vector512<T>.AllBitsSet);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CreateWhole(long value) => new(typeof(T) == typeof(double) ? Vector512.Create(value).As<long, T>() : Vector512.Create((int)value).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T[] column, int row) => new(Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadWhole(long[] column, int row) => new(Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> lanes, T[] column, int row) => lanes._value.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTo(Lanes512<T> lanes, Span<T> numbers) => lanes._value.CopyTo(numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> From(ReadOnlySpan<T> numbers) => new(Vector512.Create(numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<ulong> lanes = Vector512.Create(1UL, 2UL, 4UL, 8UL, 16UL, 32UL, 64UL, 128UL);
            return new(Vector512.Equals(Vector512.Create(bits) & lanes, lanes).As<ulong, T>());
        }
        else
        {
            Vector512<uint> lanes = Vector512.Create(1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U, 8192U, 16384U, 32768U);
            return new(Vector512.Equals(Vector512.Create((uint)bits) & lanes, lanes).As<uint, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes512<T> mask) => mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Lanes512<T> lanes, T limit) => Vector512.GreaterThan(lanes._value, Vector512.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AtMost(Lanes512<T> lanes, T limit) => Vector512.LessThanOrEqual(lanes._value, Vector512.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Same(Lanes512<T> lanes, T number) => Vector512.Equals(lanes._value, Vector512.Create(number)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotNumbers(Lanes512<T> lanes) => (~Vector512.Equals(lanes._value, lanes._value)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ConditionalSelect(Lanes512<T> mask, Lanes512<T> whenTrue, Lanes512<T> whenFalse)
        => new(Vector512.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Lesser(Lanes512<T> lanes, Lanes512<T> least)
        => new(Vector512.ConditionalSelect(Vector512.LessThan(lanes._value, least._value), lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Lesser(Lanes512<T> lanes, Lanes512<T> least, ulong bits)
        => new(Vector512.ConditionalSelect(Vector512.LessThan(lanes._value, least._value) & Mask(bits)._value, lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Greater(Lanes512<T> lanes, Lanes512<T> greatest)
        => new(Vector512.ConditionalSelect(Vector512.GreaterThan(lanes._value, greatest._value), lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Greater(Lanes512<T> lanes, Lanes512<T> greatest, ulong bits)
        => new(Vector512.ConditionalSelect(Vector512.GreaterThan(lanes._value, greatest._value) & Mask(bits)._value, lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Lanes512<T> lanes)
        => Lanes256<T>.Least(new(Vector256.Min(lanes._value.GetLower(), lanes._value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Lanes512<T> lanes)
        => Lanes256<T>.Greatest(new(Vector256.Max(lanes._value.GetLower(), lanes._value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> lanes) => new(-lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> left, Lanes512<T> right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> left, Lanes512<T> right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ^(Lanes512<T> left, Lanes512<T> right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ~(Lanes512<T> lanes) => new(~lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThan(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThanOrEqual(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterThan(Lanes512<T> left, Lanes512<T> right) => new(Vector512.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterThanOrEqual(Lanes512<T> left, Lanes512<T> right) => new(Vector512.GreaterThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equals(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, T right) => new(Vector512.Min(left._value, Vector512.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, T right) => new(Vector512.Max(left._value, Vector512.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> lanes) => new(Vector512.Abs(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> lanes) => new(Vector512.Sqrt(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector512.Floor(lanes._value.AsDouble()).As<double, T>() : Vector512.Floor(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Ceiling(Lanes512<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector512.Ceiling(lanes._value.AsDouble()).As<double, T>() : Vector512.Ceiling(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ToWhole(Lanes512<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector512.ConvertToInt64(lanes._value.AsDouble()).As<long, T>() : Vector512.ConvertToInt32(lanes._value.AsSingle()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FromWhole(Lanes512<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector512.ConvertToDouble(lanes._value.AsInt64()).As<double, T>() : Vector512.ConvertToSingle(lanes._value.AsInt32()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() + right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() + right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SubtractWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() - right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() - right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() * right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() * right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> NegateWhole(Lanes512<T> lanes)
        => new(typeof(T) == typeof(double) ? (-lanes._value.AsInt64()).As<long, T>() : (-lanes._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRightWhole(Lanes512<T> lanes, int count)
        => new(typeof(T) == typeof(double) ? (lanes._value.AsInt64() >>> count).As<long, T>() : (lanes._value.AsInt32() >>> count).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThanWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.LessThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.LessThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThanOrEqualWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.LessThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.LessThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterThanWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.GreaterThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterThanOrEqualWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.GreaterThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.GreaterThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> EqualsWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.Equals(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.Equals(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MinWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.Min(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.Min(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MaxWhole(Lanes512<T> left, Lanes512<T> right)
        => new(typeof(T) == typeof(double) ? Vector512.Max(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector512.Max(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());
}
