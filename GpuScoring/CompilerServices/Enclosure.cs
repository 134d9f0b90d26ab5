using System.ComponentModel;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// Two numbers between which a value lies: how formulas with functions that devices round differently (Exp, Log, Pow) are computed there. Each
/// operation widens its result by more than any correctly working device or runtime errs. What may be NaN is everything: minus to plus infinity.
/// </summary>
/// <param name="low">No value is below.</param>
/// <param name="high">No value is above.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Enclosure(double low, double high)
{
    /// <summary>Of sums, products and quotients: twice a rounding error, so that a contracted product is within too.</summary>
    private const double Rounding = 4.44089209850062616e-16;

    /// <summary>Of the functions below and of those of .NET: some 2^-45, where their errors are a few 2^-52.</summary>
    private const double OfFunctions = 2.8421709430404007e-14;

    private const double OfSingle = 1.1920928955078125e-7;
    private const double OfSingleFunctions = 9.5367431640625e-7;
    private const double LeastSingle = 1.1210387714598537e-44;
    private const double GreatestSingle = 3.4028234663852886e38;
    private const double Least = 2.2250738585072014e-308;

    /// <summary>No value is below.</summary>
    public readonly double Low = low;

    /// <summary>No value is above.</summary>
    public readonly double High = high;

    /// <summary>Everything, NaN too.</summary>
    public static Enclosure Whole => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The bound from above as a score; NaN, which goes last, where the value may be NaN.</summary>
    public double Highest => High > double.MaxValue ? double.NaN : High;

    private bool IsWhole => Low < -double.MaxValue && High > double.MaxValue;

    /// <summary>An exact value.</summary>
    public static Enclosure Of(double value) => value >= double.NegativeInfinity ? new(value, value) : Whole;

    /// <summary>The sum.</summary>
    public static Enclosure Add(Enclosure a, Enclosure b) => Widened(a.Low + b.Low, a.High + b.High, Rounding);

    /// <summary>The difference.</summary>
    public static Enclosure Subtract(Enclosure a, Enclosure b) => Widened(a.Low - b.High, a.High - b.Low, Rounding);

    /// <summary>The product.</summary>
    public static Enclosure Multiply(Enclosure a, Enclosure b) => OfFour(a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);

    /// <summary>The quotient.</summary>
    public static Enclosure Divide(Enclosure a, Enclosure b)
        => b.Low > 0.0 || b.High < 0.0 ? OfFour(a.Low / b.Low, a.Low / b.High, a.High / b.Low, a.High / b.High) : Whole;

    /// <summary>The number with the other sign.</summary>
    public static Enclosure Negate(Enclosure a) => new(-a.High, -a.Low);

    /// <summary>The number without its sign.</summary>
    public static Enclosure Abs(Enclosure a)
        => a.IsWhole ? Whole : a.Low >= 0.0 ? a : a.High <= 0.0 ? Negate(a) : new(0.0, -a.Low > a.High ? -a.Low : a.High);

    /// <summary>The lesser.</summary>
    public static Enclosure Min(Enclosure a, Enclosure b)
        => a.IsWhole || b.IsWhole ? Whole : new(a.Low < b.Low ? a.Low : b.Low, a.High < b.High ? a.High : b.High);

    /// <summary>The greater.</summary>
    public static Enclosure Max(Enclosure a, Enclosure b)
        => a.IsWhole || b.IsWhole ? Whole : new(a.Low > b.Low ? a.Low : b.Low, a.High > b.High ? a.High : b.High);

    /// <summary>The number within its limits, the lower one first.</summary>
    public static Enclosure Clamp(Enclosure a, Enclosure low, Enclosure high) => Min(Max(a, low), high);

    /// <summary>The square root.</summary>
    public static Enclosure Sqrt(Enclosure a) => a.Low >= 0.0 ? Widened(Math.Sqrt(a.Low), Math.Sqrt(a.High), Rounding) : Whole;

    /// <summary>The greatest whole number that is not above.</summary>
    public static Enclosure Floor(Enclosure a) => new(Math.Floor(a.Low), Math.Floor(a.High));

    /// <summary>The least whole number that is not below.</summary>
    public static Enclosure Ceiling(Enclosure a) => new(Math.Ceiling(a.Low), Math.Ceiling(a.High));

    /// <summary>e to the power.</summary>
    public static Enclosure Exp(Enclosure a)
    {
        if (a.IsWhole)
        {
            return Whole;
        }

        // Outside these the result leaves the normal numbers: bounds that need no function.
        double low = a.Low > 709.0 ? 8.0e307 : a.Low < -708.0 ? 0.0 : Lowered(DeviceFunctions.Exp(a.Low), OfFunctions);
        double high = a.High > 709.0 ? double.PositiveInfinity : a.High < -708.0 ? 4.0e-308 : Raised(DeviceFunctions.Exp(a.High), OfFunctions);
        return new(low, high);
    }

    /// <summary>2 to the power.</summary>
    public static Enclosure Exp2(Enclosure a) => Exp(Multiply(a, Of(0.69314718055994531)));

    /// <summary>The natural logarithm.</summary>
    public static Enclosure Log(Enclosure a)
    {
        if (!(a.Low > 0.0))
        {
            return Whole;
        }

        double low = a.Low > double.MaxValue ? 709.0 : Lowered(DeviceFunctions.Log(a.Low), OfFunctions);
        double high = a.High > double.MaxValue ? double.PositiveInfinity : Raised(DeviceFunctions.Log(a.High), OfFunctions);
        return new(low, high);
    }

    /// <summary>The logarithm to base 2.</summary>
    public static Enclosure Log2(Enclosure a) => Multiply(Log(a), Of(1.4426950408889634));

    /// <summary>The logarithm to base 10.</summary>
    public static Enclosure Log10(Enclosure a) => Multiply(Log(a), Of(0.43429448190325182));

    /// <summary>The power; of a base that may be 0 or less, nothing is known.</summary>
    public static Enclosure Pow(Enclosure a, Enclosure b) => Exp(Multiply(b, Log(a)));

    /// <summary>The value rounded to single precision.</summary>
    public static Enclosure Single(Enclosure a) => Narrowed(a, OfSingle);

    /// <summary>The value of a function of single precision.</summary>
    public static Enclosure SingleFunction(Enclosure a) => Narrowed(a, OfSingleFunctions);

    /// <summary>One of two, by a condition that is 0, 1, or 2 where it is not known.</summary>
    public static Enclosure Choose(int condition, Enclosure whenTrue, Enclosure whenFalse)
        => condition == 1 ? whenTrue
            : condition == 0 ? whenFalse
            : new(whenTrue.Low < whenFalse.Low ? whenTrue.Low : whenFalse.Low, whenTrue.High > whenFalse.High ? whenTrue.High : whenFalse.High);

    /// <summary>1 where a is below b, 0 where it is not, 2 where that is not known.</summary>
    public static int Less(Enclosure a, Enclosure b) => a.IsWhole || b.IsWhole ? 2 : a.High < b.Low ? 1 : a.Low >= b.High ? 0 : 2;

    /// <summary>1 where a is not above b, 0 where it is, 2 where that is not known.</summary>
    public static int LessOrEqual(Enclosure a, Enclosure b) => a.IsWhole || b.IsWhole ? 2 : a.High <= b.Low ? 1 : a.Low > b.High ? 0 : 2;

    /// <summary>1 where both are the same, 0 where they are not, 2 where that is not known.</summary>
    public static int Equal(Enclosure a, Enclosure b)
        => a.IsWhole || b.IsWhole ? 2 : a.High < b.Low || b.High < a.Low ? 0 : a.Low == a.High && b.Low == b.High ? 1 : 2;

    /// <summary>0 where it is a number, 2 where that is not known.</summary>
    public static int IsNaN(Enclosure a) => a.IsWhole ? 2 : 0;

    /// <summary>The other answer.</summary>
    public static int Not(int condition) => condition == 2 ? 2 : 1 - condition;

    /// <summary>Whether both hold.</summary>
    public static int And(int a, int b) => a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : 2;

    /// <summary>Whether one holds.</summary>
    public static int Or(int a, int b) => a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : 2;

    /// <summary>Whether they differ.</summary>
    public static int Xor(int a, int b) => a == 2 || b == 2 ? 2 : a ^ b;

    private static Enclosure OfFour(double a, double b, double c, double d)
    {
        // 0 times infinity, or infinity by infinity.
        if (!(a >= double.NegativeInfinity && b >= double.NegativeInfinity && c >= double.NegativeInfinity && d >= double.NegativeInfinity))
        {
            return Whole;
        }

        double low = a < b ? a : b;
        low = c < low ? c : low;
        low = d < low ? d : low;
        double high = a > b ? a : b;
        high = c > high ? c : high;
        high = d > high ? d : high;
        return Widened(low, high, Rounding);
    }

    private static Enclosure Widened(double low, double high, double share)
        => low >= double.NegativeInfinity && high >= double.NegativeInfinity ? new(Lowered(low, share), Raised(high, share)) : Whole;

    private static double Lowered(double value, double share)
        => value > double.MaxValue ? double.MaxValue : value - (((value < 0.0 ? -value : value) * share) + Least);

    private static double Raised(double value, double share)
        => value < -double.MaxValue ? -double.MaxValue : value + (((value < 0.0 ? -value : value) * share) + Least);

    private static Enclosure Narrowed(Enclosure a, double share)
    {
        double low = a.Low - (((a.Low < 0.0 ? -a.Low : a.Low) * share) + LeastSingle);
        double high = a.High + (((a.High < 0.0 ? -a.High : a.High) * share) + LeastSingle);
        low = a.Low > GreatestSingle ? GreatestSingle : low < -GreatestSingle ? double.NegativeInfinity : low;
        high = a.High < -GreatestSingle ? -GreatestSingle : high > GreatestSingle ? double.PositiveInfinity : high;
        return new(low, high);
    }
}
