using System;

namespace Squelch.Generators.Analysis;

/// <summary>The numbers an expression can have while its inputs keep to their ranges. NaN stands outside of the limits.</summary>
/// <param name="Low">The least number.</param>
/// <param name="High">The greatest number.</param>
/// <param name="MayBeNaN">NaN is not excluded.</param>
internal readonly record struct Interval(double Low, double High, bool MayBeNaN = false)
{
    public static Interval Any => new(double.NegativeInfinity, double.PositiveInfinity);

    public static Interval Unknown => new(double.NegativeInfinity, double.PositiveInfinity, true);

    public bool NonNegative => Low >= 0;

    public bool NonPositive => High <= 0;

    public bool Positive => Low > 0;

    public bool Contains(double value) => Low <= value && value <= High;

    public bool MayBeInfinite => double.IsInfinity(Low) || double.IsInfinity(High);

    /// <summary>One number, and never NaN.</summary>
    public bool IsPoint => Low == High && !MayBeNaN;

    public double Width => High - Low;

    /// <summary>The greatest distance from zero.</summary>
    public double Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));

    public static Interval Point(double value) => double.IsNaN(value) ? Unknown : new(value, value);

    public Interval Join(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High), MayBeNaN || other.MayBeNaN);

    /// <summary>What both say; the first where they contradict each other, as in code that is never reached.</summary>
    public Interval Meet(Interval other)
    {
        double low = Math.Max(Low, other.Low);
        double high = Math.Min(High, other.High);
        return low > high ? this : new(low, high, MayBeNaN && other.MayBeNaN);
    }

    public Interval Negate() => new(-High, -Low, MayBeNaN);
}
