using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>A logarithm.</summary>
internal abstract class Logarithm(string name) : Function(name, 1, Accuracy.Library, UnitRule.Bare)
{
    public override bool BreaksAtZero => true;

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
    {
        double low = Compute(Math.Max(0, first.Low), 0, 0);
        double high = Compute(Math.Max(0, first.High), 0, 0);
        return ValueRange.Widened(low, high, first.Low >= 1 ? 0 : double.NegativeInfinity) with { MayBeNaN = first.Low < 0 };
    }

    public override Direction Slope(Call call, int argument, ValueRange first) => Direction.Up;

    public override (string? Least, string? Most) Domain(bool overflows, bool single, bool whole)
        => (whole ? "1" : single ? "float.Epsilon" : "double.Epsilon", null);
}

internal sealed class Log() : Logarithm("Log")
{
    public override double Compute(double first, double second, double third) => Math.Log(first);
}

internal sealed class Log2() : Logarithm("Log2")
{
    /// <summary>Exact at powers of two, as the library's is.</summary>
    public override double Compute(double first, double second, double third)
    {
        double log = Math.Log(first) / Math.Log(2);
        double rounded = Math.Round(log);
        return Math.Abs(rounded) < 1000 && Math.Pow(2, rounded) == first ? rounded : log;
    }
}

internal sealed class Log10() : Logarithm("Log10")
{
    public override double Compute(double first, double second, double third) => Math.Log10(first);
}
