using System.Numerics;

namespace Squelch;

/// <summary>Least and greatest number of a set, NaN left out; infinity and minus infinity where there is none.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest.</param>
public readonly record struct Extremes<T>(T Low, T High)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Of the empty set.</summary>
    public static Extremes<T> None => new(T.PositiveInfinity, T.NegativeInfinity);

    /// <summary>The value scaled to these extremes; 1 where they are equal.</summary>
    public T Normalize(T value) => High != Low ? (value - Low) / (High - Low) : T.One;
}
