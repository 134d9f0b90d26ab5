using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>A power of a fixed base.</summary>
/// <param name="greatest">The greatest whole exponent whose power is finite, of single and of double precision.</param>
internal abstract class Exponential(string name, (int Single, int Double) greatest) : Function(name, 1, Accuracy.Library, UnitRule.Bare)
{
    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => ValueRange.Widened(Compute(first.Low, 0, 0), Compute(first.High, 0, 0), 0);

    public override Direction Slope(Call call, int argument, ValueRange first) => Direction.Up;

    public override (string? Least, string? Most) Domain(bool overflows, bool single, bool whole)
        => (null, single ? $"{greatest.Single}" : $"{greatest.Double}");
}

internal sealed class Exp() : Exponential("Exp", (88, 709))
{
    public override double Compute(double first, double second, double third) => Math.Exp(first);
}

internal sealed class Exp2() : Exponential("Exp2", (127, 1023))
{
    public override string Display => "double.Exp2";

    public override double Compute(double first, double second, double third) => Math.Pow(2, first);

    public override string Scalar(IrType type, string system) => type == IrType.Float ? "float.Exp2" : "double.Exp2";
}
