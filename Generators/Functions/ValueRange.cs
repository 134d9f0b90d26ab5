namespace Squelch.Generators.Functions;

/// <summary>The numbers that an expression can have while its inputs keep to their ranges. NaN stands outside of the limits.</summary>
/// <param name="Low">The least number.</param>
/// <param name="High">The greatest number.</param>
/// <param name="MayBeNaN">NaN is not excluded.</param>
internal readonly record struct ValueRange(double Low, double High, bool MayBeNaN = false)
{
    public static ValueRange Any => new(double.NegativeInfinity, double.PositiveInfinity);

    public static ValueRange Unknown => new(double.NegativeInfinity, double.PositiveInfinity, true);

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

    public static ValueRange Point(double value) => double.IsNaN(value) ? Unknown : new(value, value);

    public ValueRange Join(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High), MayBeNaN || other.MayBeNaN);

    /// <summary>What both say; the first where they contradict each other, as in code that is never reached.</summary>
    public ValueRange Meet(ValueRange other)
    {
        double low = Math.Max(Low, other.Low);
        double high = Math.Min(High, other.High);
        return low > high ? this : new(low, high, MayBeNaN && other.MayBeNaN);
    }

    public ValueRange Negate() => new(-High, -Low, MayBeNaN);

    /// <summary>The range of a combination of two ranges that is monotone in each.</summary>
    public static ValueRange Corners(ValueRange left, ValueRange right, Func<double, double, double> combine)
    {
        double[] corners = [combine(left.Low, right.Low), combine(left.Low, right.High), combine(left.High, right.Low), combine(left.High, right.High)];
        return corners.Any(double.IsNaN) ? Any : new(corners.Min(), corners.Max());
    }

    /// <summary>The range of a library function, which may be off by units in the last place.</summary>
    /// <param name="least">No value is below.</param>
    public static ValueRange Widened(double low, double high, double least)
    {
        low = double.IsNaN(low) ? double.NegativeInfinity : low - (Math.Abs(low) * 1e-14);
        high = double.IsNaN(high) ? double.PositiveInfinity : high + (Math.Abs(high) * 1e-14);
        return new(Math.Max(least, double.IsNaN(low) ? double.NegativeInfinity : low), double.IsNaN(high) ? double.PositiveInfinity : high);
    }
}
