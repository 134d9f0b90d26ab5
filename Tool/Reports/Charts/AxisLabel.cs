using System.Globalization;

namespace Squelch.Tool;

/// <summary>How numbers on axes are written.</summary>
internal static class AxisLabel
{
    /// <summary>0.4567 as 45.67 %.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A difference of shares in points: 0.0123 as +1.23.</summary>
    public static string Points(double share) => (share * 100).ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);

    /// <summary>12345 as 12.3k, 1234567 as 1.23M.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 or < 0.01 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        < 1 => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
