namespace Squelch.Lab;

/// <summary>Times since 1970: how large they are tells their unit, since those of one unit would be thousands of years away in another.</summary>
internal static class Since1970
{
    /// <summary>Units per second: of milliseconds, microseconds or nanoseconds; 1 for seconds, and for what is too small to tell.</summary>
    public static double UnitsPerSecond(double count) => count switch
    {
        >= 1e17 => 1e9,
        >= 1e14 => 1e6,
        >= 1e11 => 1e3,
        _ => 1,
    };
}
