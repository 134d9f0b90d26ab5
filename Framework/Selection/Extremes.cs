using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>Least and greatest number of a set, NaN left out; infinity and minus infinity where there is none.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Extremes<T>(T Low, T High)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Of the empty set.</summary>
    public static Extremes<T> None => new(T.PositiveInfinity, T.NegativeInfinity);

    /// <summary>The value scaled to these extremes; 1 where they are equal.</summary>
    public T Normalize(T value) => High != Low ? (value - Low) / (High - Low) : T.One;

    /// <summary>The values scaled to these extremes; 1 where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<T> Normalize(Vector128<T> value)
        => High != Low ? (value - Vector128.Create(Low)) / Vector128.Create(High - Low) : Vector128<T>.One;

    /// <summary>The values scaled to these extremes; 1 where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Normalize(Vector256<T> value)
        => High != Low ? (value - Vector256.Create(Low)) / Vector256.Create(High - Low) : Vector256<T>.One;

    /// <summary>The values scaled to these extremes; 1 where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Normalize(Vector512<T> value)
        => High != Low ? (value - Vector512.Create(Low)) / Vector512.Create(High - Low) : Vector512<T>.One;
}
