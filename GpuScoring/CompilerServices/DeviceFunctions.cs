using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>Functions of sums and products alone, so that their error is known on every device; <see cref="Enclosure"/> allows for 2^-45.</summary>
internal static class DeviceFunctions
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the power of a number from -708 to 709: the Taylor series to the 13th power, which misses less than 2^-57 within half a ln 2.</summary>
    public static double Exp(double x)
    {
        double whole = Math.Floor((x * Log2E) + 0.5);
        double r = (x - (whole * Ln2High)) - (whole * Ln2Low);
        double sum = 1.0 + (r / 13.0);
        for (int power = 12; power > 0; power--)
        {
            sum = 1.0 + (r / power * sum);
        }

        return sum * Interop.IntAsFloat((ulong)((long)whole + 1023) << 52);
    }

    /// <summary>The natural logarithm of a positive finite number: the series of the area tangent to the 23rd power, which misses less than 2^-60.</summary>
    public static double Log(double x)
    {
        long shift = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            shift = -54;
        }

        ulong bits = Interop.FloatAsInt(x);
        long exponent = (long)(bits >> 52) - 1023 + shift;
        double fraction = Interop.IntAsFloat((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (fraction > 1.4142135623730951)
        {
            fraction *= 0.5;
            exponent++;
        }

        double s = (fraction - 1.0) / (fraction + 1.0);
        double square = s * s;
        double sum = 1.0 / 23.0;
        for (int power = 21; power > 0; power -= 2)
        {
            sum = (1.0 / power) + (square * sum);
        }

        return (exponent * Ln2High) + ((exponent * Ln2Low) + (2.0 * s * sum));
    }
}
