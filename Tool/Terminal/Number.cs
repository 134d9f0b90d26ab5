using System.Globalization;

namespace Squelch.Tool;

/// <summary>Numbers as tables show them, the same in every culture.</summary>
internal static class Number
{
    private const double LongestTenths = 1e15;

    /// <summary>Differences below it come from adding, not from what was measured.</summary>
    private const double Nothing = 1e-9;

    /// <summary>1234567 as 1,234,567.</summary>
    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>0.4567 as 45.67.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Two digits after the point; of what would look like 0 but is not, two that count: 2.7 as 2.70, -0.0038 as -0.0038, 0 as 0.00.</summary>
    public static string Hundredths(double value)
    {
        double size = Math.Abs(value);
        int digits = size is > Nothing and < 0.005 ? 1 - (int)Math.Floor(Math.Log10(size)) : 2;
        return (size > Nothing ? value : 0).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>A difference in points, as <see cref="Hundredths"/> but with a plus: 2.7 as +2.70.</summary>
    public static string Points(double points) => (points > Nothing ? "+" : "") + Hundredths(points);

    /// <summary>1 as 1 request, 1234 as 1,234 requests.</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>0.4567 as 46; what rounds to nothing is 0, never -0.</summary>
    public static string WholePercent(double share) => (share * 100).ToString("#,0;-#,0;0", CultureInfo.InvariantCulture);

    /// <summary>One digit after the point, thousands set apart; of what no column holds, an exponent.</summary>
    public static string Tenths(double value) => Math.Abs(value) >= LongestTenths ? Limit(value) : value.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>Whole from 100 on, three digits below: 1,235 and 0.00123.</summary>
    public static string ThreeDigits(double value) => value >= 100 ? Count(value) : value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that means the same double.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A limit of a range: infinity in words, large and small numbers with an exponent.</summary>
    public static string Limit(double value)
        => double.IsInfinity(value) ? (value > 0 ? "infinity" : "-infinity")
            : Math.Abs(value) is >= 1e6 or (> 0 and < 1e-3) ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
            : Exact(value);
}
