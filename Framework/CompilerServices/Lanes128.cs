using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Squelch.CompilerServices;

/// <summary>Vectors of 128 bits.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Lanes128<T> : ILanes<Lanes128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value;

    internal Lanes128(Vector128<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector128<T>.Count;

    /// <inheritdoc/>
    public static Lanes128<T> False => new(Vector128<T>.Zero);

    /// <inheritdoc/>
    public static Lanes128<T> True => new(Vector128<T>.AllBitsSet);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CreateWhole(long value) => new(typeof(T) == typeof(double) ? Vector128.Create(value).As<long, T>() : Vector128.Create((int)value).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T[] column, int row) => new(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadWhole(long[] column, int row) => new(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> lanes, T[] column, int row) => lanes._value.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTo(Lanes128<T> lanes, Span<T> numbers) => lanes._value.CopyTo(numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> From(ReadOnlySpan<T> numbers) => new(Vector128.Create(numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Mask(ulong bits)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<ulong> lanes = Vector128.Create(1UL, 2UL);
            return new(Vector128.Equals(Vector128.Create(bits) & lanes, lanes).As<ulong, T>());
        }
        else
        {
            Vector128<uint> lanes = Vector128.Create(1U, 2U, 4U, 8U);
            return new(Vector128.Equals(Vector128.Create((uint)bits) & lanes, lanes).As<uint, T>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes128<T> mask) => mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Lanes128<T> lanes, T limit) => Vector128.GreaterThan(lanes._value, Vector128.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AtMost(Lanes128<T> lanes, T limit) => Vector128.LessThanOrEqual(lanes._value, Vector128.Create(limit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Same(Lanes128<T> lanes, T number) => Vector128.Equals(lanes._value, Vector128.Create(number)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotNumbers(Lanes128<T> lanes) => (~Vector128.Equals(lanes._value, lanes._value)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ConditionalSelect(Lanes128<T> mask, Lanes128<T> whenTrue, Lanes128<T> whenFalse)
        => new(Vector128.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Lesser(Lanes128<T> lanes, Lanes128<T> least)
        => new(Vector128.ConditionalSelect(Vector128.LessThan(lanes._value, least._value), lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Lesser(Lanes128<T> lanes, Lanes128<T> least, ulong bits)
        => new(Vector128.ConditionalSelect(Vector128.LessThan(lanes._value, least._value) & Mask(bits)._value, lanes._value, least._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Greater(Lanes128<T> lanes, Lanes128<T> greatest)
        => new(Vector128.ConditionalSelect(Vector128.GreaterThan(lanes._value, greatest._value), lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Greater(Lanes128<T> lanes, Lanes128<T> greatest, ulong bits)
        => new(Vector128.ConditionalSelect(Vector128.GreaterThan(lanes._value, greatest._value) & Mask(bits)._value, lanes._value, greatest._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least(Lanes128<T> lanes)
        => typeof(T) == typeof(double)
            ? T.Min(lanes._value.GetElement(0), lanes._value.GetElement(1))
            : T.Min(T.Min(lanes._value.GetElement(0), lanes._value.GetElement(1)), T.Min(lanes._value.GetElement(2), lanes._value.GetElement(3)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Lanes128<T> lanes)
        => typeof(T) == typeof(double)
            ? T.Max(lanes._value.GetElement(0), lanes._value.GetElement(1))
            : T.Max(T.Max(lanes._value.GetElement(0), lanes._value.GetElement(1)), T.Max(lanes._value.GetElement(2), lanes._value.GetElement(3)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> lanes) => new(-lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> left, Lanes128<T> right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> left, Lanes128<T> right) => new(left._value | right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ^(Lanes128<T> left, Lanes128<T> right) => new(left._value ^ right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ~(Lanes128<T> lanes) => new(~lanes._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThan(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThanOrEqual(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterThan(Lanes128<T> left, Lanes128<T> right) => new(Vector128.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterThanOrEqual(Lanes128<T> left, Lanes128<T> right) => new(Vector128.GreaterThanOrEqual(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equals(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, T right) => new(Vector128.Min(left._value, Vector128.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, T right) => new(Vector128.Max(left._value, Vector128.Create(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> lanes) => new(Vector128.Abs(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> lanes) => new(Vector128.Sqrt(lanes._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector128.Floor(lanes._value.AsDouble()).As<double, T>() : Vector128.Floor(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Ceiling(Lanes128<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector128.Ceiling(lanes._value.AsDouble()).As<double, T>() : Vector128.Ceiling(lanes._value.AsSingle()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ToWhole(Lanes128<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector128.ConvertToInt64(lanes._value.AsDouble()).As<long, T>() : Vector128.ConvertToInt32(lanes._value.AsSingle()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromWhole(Lanes128<T> lanes)
        => new(typeof(T) == typeof(double) ? Vector128.ConvertToDouble(lanes._value.AsInt64()).As<double, T>() : Vector128.ConvertToSingle(lanes._value.AsInt32()).As<float, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() + right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() + right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SubtractWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() - right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() - right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? (left._value.AsInt64() * right._value.AsInt64()).As<long, T>() : (left._value.AsInt32() * right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> NegateWhole(Lanes128<T> lanes)
        => new(typeof(T) == typeof(double) ? (-lanes._value.AsInt64()).As<long, T>() : (-lanes._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRightWhole(Lanes128<T> lanes, int count)
        => new(typeof(T) == typeof(double) ? (lanes._value.AsInt64() >>> count).As<long, T>() : (lanes._value.AsInt32() >>> count).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThanWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.LessThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.LessThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThanOrEqualWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.LessThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.LessThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterThanWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.GreaterThan(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterThanOrEqualWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.GreaterThanOrEqual(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.GreaterThanOrEqual(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> EqualsWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.Equals(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.Equals(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MinWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.Min(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.Min(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MaxWhole(Lanes128<T> left, Lanes128<T> right)
        => new(typeof(T) == typeof(double) ? Vector128.Max(left._value.AsInt64(), right._value.AsInt64()).As<long, T>() : Vector128.Max(left._value.AsInt32(), right._value.AsInt32()).As<int, T>());
}
