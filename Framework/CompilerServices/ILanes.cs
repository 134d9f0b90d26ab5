using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>
/// A vector of one width: what scans and compiled formulas are written in, once for all widths. Conditions are masks, all ones in the lanes where they
/// hold. The lanes can hold whole numbers of the width of <typeparamref name="T"/> instead (long for double, int for float); what is named Whole reads
/// and writes those.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    /// <summary>A condition that holds nowhere.</summary>
    static abstract TSelf False { get; }

    /// <summary>A condition that holds everywhere.</summary>
    static abstract TSelf True { get; }

    /// <summary>The number in each lane.</summary>
    static abstract TSelf Create(T value);

    /// <summary>The whole number in each lane.</summary>
    static abstract TSelf CreateWhole(long value);

    /// <summary>The numbers from a row on; the column has room for whole vectors.</summary>
    static abstract TSelf Load(T[] column, int row);

    /// <summary>The numbers of 64 bits from a row on, as whole numbers of double lanes.</summary>
    static abstract TSelf LoadWhole(long[] column, int row);

    /// <summary>Writes the lanes from a row on.</summary>
    static abstract void Store(TSelf lanes, T[] column, int row);

    /// <summary>Reads the lanes.</summary>
    static abstract void CopyTo(TSelf lanes, Span<T> numbers);

    /// <summary>Lanes of as many numbers.</summary>
    static abstract TSelf From(ReadOnlySpan<T> numbers);

    /// <summary>The condition that holds in lane i where bit i is set.</summary>
    static abstract TSelf Mask(ulong bits);

    /// <summary>Bit i is set where the condition holds in lane i.</summary>
    static abstract ulong Bits(TSelf mask);

    /// <summary>Bit i is set where lane i is above the limit.</summary>
    static abstract ulong Above(TSelf lanes, T limit);

    /// <summary>Bit i is set where lane i is the limit or below.</summary>
    static abstract ulong AtMost(TSelf lanes, T limit);

    /// <summary>Bit i is set where lane i is the number.</summary>
    static abstract ulong Same(TSelf lanes, T number);

    /// <summary>Bit i is set where lane i is NaN.</summary>
    static abstract ulong NotNumbers(TSelf lanes);

    /// <summary>One or the other, by a condition.</summary>
    static abstract TSelf ConditionalSelect(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The number where it is below the least so far, else that; NaN is never below. One operation, so that no mask has to be made.</summary>
    static abstract TSelf Lesser(TSelf lanes, TSelf least);

    /// <summary>The same, of the lanes whose bit is set.</summary>
    static abstract TSelf Lesser(TSelf lanes, TSelf least, ulong bits);

    /// <summary>The number where it is above the greatest so far, else that; NaN is never above.</summary>
    static abstract TSelf Greater(TSelf lanes, TSelf greatest);

    /// <summary>The same, of the lanes whose bit is set.</summary>
    static abstract TSelf Greater(TSelf lanes, TSelf greatest, ulong bits);

    /// <summary>The least lane; no lane is NaN.</summary>
    static abstract T Least(TSelf lanes);

    /// <summary>The greatest lane; no lane is NaN.</summary>
    static abstract T Greatest(TSelf lanes);

    /// <summary>Sums.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Differences.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Products.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Quotients.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The other signs.</summary>
    static abstract TSelf operator -(TSelf lanes);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator ~(TSelf lanes);

    /// <summary>Where it is below.</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary>Where it is not above.</summary>
    static abstract TSelf LessThanOrEqual(TSelf left, TSelf right);

    /// <summary>Where it is above.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>Where it is not below.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf left, TSelf right);

    /// <summary>Where both are the same number.</summary>
    static abstract TSelf Equals(TSelf left, TSelf right);

    /// <summary>As <see cref="Math.Min(double, double)"/>.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>As <see cref="Math.Max(double, double)"/>.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>As <see cref="Math.Min(double, double)"/>, with one number for all lanes: where that is a constant, less is left to do.</summary>
    static abstract TSelf Min(TSelf left, T right);

    /// <summary>As <see cref="Math.Max(double, double)"/>, with one number for all lanes: where that is a constant, less is left to do.</summary>
    static abstract TSelf Max(TSelf left, T right);

    /// <summary>The numbers without their signs.</summary>
    static abstract TSelf Abs(TSelf lanes);

    /// <summary>Square roots.</summary>
    static abstract TSelf Sqrt(TSelf lanes);

    /// <summary>The greatest whole numbers that are not above.</summary>
    static abstract TSelf Floor(TSelf lanes);

    /// <summary>The least whole numbers that are not below.</summary>
    static abstract TSelf Ceiling(TSelf lanes);

    /// <summary>Whole numbers of numbers, as a cast gives them.</summary>
    static abstract TSelf ToWhole(TSelf lanes);

    /// <summary>Numbers of whole numbers.</summary>
    static abstract TSelf FromWhole(TSelf lanes);

    /// <summary>Sums of whole numbers.</summary>
    static abstract TSelf AddWhole(TSelf left, TSelf right);

    /// <summary>Differences of whole numbers.</summary>
    static abstract TSelf SubtractWhole(TSelf left, TSelf right);

    /// <summary>Products of whole numbers.</summary>
    static abstract TSelf MultiplyWhole(TSelf left, TSelf right);

    /// <summary>The other signs of whole numbers.</summary>
    static abstract TSelf NegateWhole(TSelf lanes);

    /// <summary>The bits moved down, with zeros above.</summary>
    static abstract TSelf ShiftRightWhole(TSelf lanes, int count);

    /// <summary>Where a whole number is below.</summary>
    static abstract TSelf LessThanWhole(TSelf left, TSelf right);

    /// <summary>Where a whole number is not above.</summary>
    static abstract TSelf LessThanOrEqualWhole(TSelf left, TSelf right);

    /// <summary>Where a whole number is above.</summary>
    static abstract TSelf GreaterThanWhole(TSelf left, TSelf right);

    /// <summary>Where a whole number is not below.</summary>
    static abstract TSelf GreaterThanOrEqualWhole(TSelf left, TSelf right);

    /// <summary>Where both are the same whole number.</summary>
    static abstract TSelf EqualsWhole(TSelf left, TSelf right);

    /// <summary>The lesser whole numbers.</summary>
    static abstract TSelf MinWhole(TSelf left, TSelf right);

    /// <summary>The greater whole numbers.</summary>
    static abstract TSelf MaxWhole(TSelf left, TSelf right);
}
