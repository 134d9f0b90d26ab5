using System.ComponentModel;
using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// The operations of formulas, with the bits that .NET gives, on any device: products that no assembler can contract with a following sum,
/// NaN and signed zeros as in <see cref="Math"/>, conversions that saturate. Values of single precision travel as doubles that are rounded
/// after each operation. The argument is in GpuScoring/README.md.
/// </summary>
/// <param name="zero">0; the kernels receive it as a parameter, so that compilers do not know it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceMath(ulong zero)
{
    private readonly ulong _zero = zero;

    /// <summary>0.0, which compilers cannot fold away: x + 0.0 is not x where x is -0.0.</summary>
    public double Zero => Interop.IntAsFloat(_zero);

    /// <summary>The rounded product. It passes through an integer operation, so it cannot become part of a fused multiply-add.</summary>
    public double Multiply(double a, double b) => Interop.IntAsFloat(Interop.FloatAsInt(a * b) ^ _zero);

    /// <summary>Rounds to single precision.</summary>
    public double Single(double a) => (double)(float)a;

    /// <summary>Rounds an integer to single precision, once.</summary>
    public double Single(long a) => (double)(float)a;

    /// <summary>As <see cref="Math.Max(double, double)"/>: NaN wins, and 0.0 is above -0.0.</summary>
    public double Max(double a, double b)
    {
        // NaN is asked for first: ILGPU turns a comparison whose left side is constant into one that holds for NaN, in inlined code too.
        if (IsNaN(a) || IsNaN(b))
        {
            return a + b;
        }

        // Equal numbers have equal bits, zeros apart.
        return a > b ? a : b > a ? b : Interop.IntAsFloat(Interop.FloatAsInt(a) & Interop.FloatAsInt(b));
    }

    /// <summary>As <see cref="Math.Min(double, double)"/>: NaN wins, and -0.0 is below 0.0.</summary>
    public double Min(double a, double b)
    {
        if (IsNaN(a) || IsNaN(b))
        {
            return a + b;
        }

        return a < b ? a : b < a ? b : Interop.IntAsFloat(Interop.FloatAsInt(a) | Interop.FloatAsInt(b));
    }

    /// <summary>The greater integer.</summary>
    public long Max(long a, long b) => a > b ? a : b;

    /// <summary>The lesser integer.</summary>
    public long Min(long a, long b) => a < b ? a : b;

    /// <summary>The greater integer.</summary>
    public int Max(int a, int b) => a > b ? a : b;

    /// <summary>The lesser integer.</summary>
    public int Min(int a, int b) => a < b ? a : b;

    /// <summary>The number without its sign.</summary>
    public double Abs(double a) => Interop.IntAsFloat(Interop.FloatAsInt(a) & 0x7FFFFFFFFFFFFFFF);

    /// <summary>The integer without its sign.</summary>
    public long Abs(long a) => a < 0 ? -a : a;

    /// <summary>The integer without its sign.</summary>
    public int Abs(int a) => a < 0 ? -a : a;

    /// <summary>The square root, rounded once.</summary>
    public double Sqrt(double a) => Math.Sqrt(a);

    /// <summary>The greatest whole number that is not above.</summary>
    public double Floor(double a) => Math.Floor(a);

    /// <summary>The least whole number that is not below.</summary>
    public double Ceiling(double a) => Math.Ceiling(a);

    /// <summary>The number within its limits.</summary>
    public double Clamp(double a, double low, double high) => a < low ? low : a > high ? high : a;

    /// <summary>The integer within its limits.</summary>
    public long Clamp(long a, long low, long high) => a < low ? low : a > high ? high : a;

    /// <summary>The integer within its limits.</summary>
    public int Clamp(int a, int low, int high) => a < low ? low : a > high ? high : a;

    /// <summary>True for NaN.</summary>
    public bool IsNaN(double a) => a != Same(a);

    /// <summary>Towards zero; NaN gives 0, and what does not fit the nearest limit, as .NET converts.</summary>
    public long ToLong(double a) => a == Same(a) ? (long)a : 0;

    /// <inheritdoc cref="ToLong(double)"/>
    public int ToInt(double a) => a == Same(a) ? (int)a : 0;

    /// <summary>The argument; C# warns of comparing a variable with itself.</summary>
    private static double Same(double a) => a;
}
