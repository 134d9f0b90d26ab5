using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>Vectors of 256 bits.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Lanes256<T> : ILanes<Lanes256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value;

    internal Lanes256(Vector256<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    public static Lanes256<T> False => new(Vector256<T>.Zero);

    /// <inheritdoc/>
    public static Lanes256<T> True => new(Vector256<T>.AllBitsSet);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Create(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CreateWhole(long value) => new(typeof(T) == typeof(double) ? Vector256.Create(value).As<long, T>() : Vector256.Create((int)value).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T[] column, int row) => new(Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadWhole(long[] column, int row) => new(Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> lanes, T[] column, int row) => lanes._value.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTo(Lanes256<T> lanes, Span<T> numbers) => lanes._value.CopyTo(numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> From(ReadOnlySpan<T> numbers) => new(Vector256.Create(numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<ulong> lanes = Vector256.Create(1UL, 2UL, 4UL, 8UL);
            return new(Vector256.Equals(Vector256.Create(bits) & lanes, lanes).As<ulong, T>());
        }
        else
        {
            Vector256<uint> lanes = Vector256.Create(1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U);
            return new(Vector256.Equals(Vector256.Create((uint)bits) & lanes, lanes).As<uint, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes256<T> mask) => mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Lanes256<T> lanes, T limit) => Vector256.GreaterThan(lanes._value, Vector256.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AtMost(Lanes256<T> lanes, T limit) => Vector256.LessThanOrEqual(lanes._value, Vector256.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Same(Lanes256<T> lanes, T number) => Vector256.Equals(lanes._value, Vector256.Create(number)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotNumbers(Lanes256<T> lanes) => (~Vector256.Equals(lanes._value, lanes._value)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ConditionalSelect(Lanes256<T> mask, Lanes256<T> whenTrue, Lanes256<T> whenFalse)
        => new(Vector256.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Lesser(Lanes256<T> lanes, Lanes256<T> least)
        => new(Vector256.ConditionalSelect(Vector256.LessThan(lanes._value, least._value), lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Lesser(Lanes256<T> lanes, Lanes256<T> least, ulong bits)
        => new(Vector256.ConditionalSelect(Vector256.LessThan(lanes._value, least._value) & Mask(bits)._value, lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Greater(Lanes256<T> lanes, Lanes256<T> greatest)
        => new(Vector256.ConditionalSelect(Vector256.GreaterThan(lanes._value, greatest._value), lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Greater(Lanes256<T> lanes, Lanes256<T> greatest, ulong bits)
        => new(Vector256.ConditionalSelect(Vector256.GreaterThan(lanes._value, greatest._value) & Mask(bits)._value, lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Lanes256<T> lanes)
        => Lanes128<T>.Least(new(Vector128.Min(lanes._value.GetLower(), lanes._value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Lanes256<T> lanes)
        => Lanes128<T>.Greatest(new(Vector128.Max(lanes._value.GetLower(), lanes._value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> lanes) => new(-lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> left, Lanes256<T> right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> left, Lanes256<T> right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ^(Lanes256<T> left, Lanes256<T> right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ~(Lanes256<T> lanes) => new(~lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThan(Lanes256<T> left, Lanes256<T> right) => new(Vector256.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThanOrEqual(Lanes256<T> left, Lanes256<T> right) => new(Vector256.LessThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterThan(Lanes256<T> left, Lanes256<T> right) => new(Vector256.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterThanOrEqual(Lanes256<T> left, Lanes256<T> right) => new(Vector256.GreaterThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equals(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> left, T right) => new(Vector256.Min(left._value, Vector256.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, T right) => new(Vector256.Max(left._value, Vector256.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> lanes) => new(Vector256.Abs(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> lanes) => new(Vector256.Sqrt(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector256.Floor(lanes._value.AsDouble()).As<double, T>() : Vector256.Floor(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Ceiling(Lanes256<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector256.Ceiling(lanes._value.AsDouble()).As<double, T>() : Vector256.Ceiling(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ToWhole(Lanes256<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector256.ConvertToInt64(lanes._value.AsDouble()).As<long, T>() : Vector256.ConvertToInt32(lanes._value.AsSingle()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromWhole(Lanes256<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector256.ConvertToDouble(lanes._value.AsInt64()).As<double, T>() : Vector256.ConvertToSingle(lanes._value.AsInt32()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() + right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() + right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() - right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() - right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() * right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() * right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> NegateWhole(Lanes256<T> lanes)
        => new(typeof(T) == typeof(double) ? (-lanes._value.AsInt64()).As<long, T>() : (-lanes._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRightWhole(Lanes256<T> lanes, int count)
        => new(typeof(T) == typeof(double) ? (lanes._value.AsInt64() >>> count).As<long, T>() : (lanes._value.AsInt32() >>> count).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThanWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.LessThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.LessThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThanOrEqualWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.LessThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.LessThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterThanWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.GreaterThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterThanOrEqualWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.GreaterThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.GreaterThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> EqualsWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.Equals(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.Equals(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MinWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.Min(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.Min(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MaxWhole(Lanes256<T> left, Lanes256<T> right)
        => new(typeof(T) == typeof(double) ? Vector256.Max(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector256.Max(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());
}
