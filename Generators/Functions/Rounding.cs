using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>A function that gives a whole number beside its argument.</summary>
internal abstract class Rounding(string name) : Function(name, 1, Accuracy.Exact, UnitRule.Same)
{
    public override bool IsWhole => true;

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => new(Compute(first.Low, 0, 0), Compute(first.High, 0, 0));

    public override Direction Slope(Call call, int argument, ValueRange first) => Direction.Up;
}

internal sealed class Floor() : Rounding("Floor")
{
    public override double Compute(double first, double second, double third) => Math.Floor(first);
}

internal sealed class Ceiling() : Rounding("Ceiling")
{
    public override double Compute(double first, double second, double third) => Math.Ceiling(first);
}
