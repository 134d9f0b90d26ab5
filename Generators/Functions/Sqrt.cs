using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

internal sealed class Sqrt() : Function("Sqrt", 1, Accuracy.Rounded, UnitRule.Root)
{
    public override double Compute(double first, double second, double third) => Math.Sqrt(first);

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => new(Math.Sqrt(Math.Max(0, first.Low)), Math.Sqrt(Math.Max(0, first.High)), first.Low < 0);

    public override Direction Slope(Call call, int argument, ValueRange first) => Direction.Up;

    public override (string? Least, string? Most) Domain(bool overflows, bool single, bool whole) => ("0", null);
}
