using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

internal sealed class Pow() : Function("Pow", 2, Accuracy.Library, UnitRule.Power)
{
    public override bool BreaksAtZero => true;

    public override double Compute(double first, double second, double third) => Math.Pow(first, second);

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
    {
        if (first.NonNegative)
        {
            ValueRange corners = ValueRange.Corners(first, second, Math.Pow);
            return ValueRange.Widened(corners.Low, corners.High, 0);
        }

        return call.Second is Constant { Type: IrType.Double or IrType.Float, Number: var power } && Math.Floor(power) == power && power > 0
            ? power % 2 == 0
                ? ValueRange.Widened(0, Math.Pow(first.Magnitude, power), 0)
                : ValueRange.Widened(Math.Pow(first.Low, power), Math.Pow(first.High, power), double.NegativeInfinity)
            : ValueRange.Unknown;
    }

    public override Direction Slope(Call call, int argument, ValueRange first)
        => argument != 0 || !first.NonNegative || call.Second is not Constant { Number: var power } ? Direction.Unknown
            : power > 0 ? Direction.Up
            : power < 0 ? Direction.Down
            : Direction.Constant;

    public override (string? Least, string? Most) Domain(bool overflows, bool single, bool whole) => (overflows ? null : "0", null);
}
