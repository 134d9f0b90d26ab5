using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

internal sealed class Abs() : Function(FunctionTable.Abs, 1, Accuracy.Exact, UnitRule.Same)
{
    public override bool Selects => true;

    public override double Compute(double first, double second, double third) => Math.Abs(first);

    public override long Compute(long first, long second, long third) => Math.Abs(Math.Max(first, -long.MaxValue));

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => first.NonNegative ? first : first.NonPositive ? first.Negate() : new(0, first.Magnitude);

    public override Direction Slope(Call call, int argument, ValueRange first)
        => first.NonNegative ? Direction.Up : Direction.Unknown;

    /// <summary>A value is at most as far from zero as the farther of its bounds, and at least as far as the nearer, or at zero where they lie on both sides.</summary>
    public override Expression Unfolded(Call call, bool lower)
    {
        var farther = new Call(call.Type, FunctionTable.Max, call.First, new Unary(call.Type, UnaryOp.Negate, call.First));
        return lower ? new Call(call.Type, FunctionTable.Max, new Constant(call.Type, 0, 0), farther) : farther;
    }

    public override Obstacle? VectorObstacle(Call call)
        => call.Type is IrType.Long or IrType.Int ? new("Abs of an integer may throw", "cast to double first") : null;
}
