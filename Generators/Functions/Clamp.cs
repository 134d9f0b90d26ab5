using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

internal sealed class Clamp() : Function("Clamp", 3, Accuracy.Exact, UnitRule.Same)
{
    public override bool Selects => true;

    public override bool OrdersLimits => true;

    public override double Compute(double first, double second, double third) => first < second ? second : first > third ? third : first;

    public override long Compute(long first, long second, long third) => Math.Max(second, Math.Min(third, first));

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => new(Math.Min(Math.Max(first.Low, second.Low), third.High), Math.Max(Math.Min(first.High, third.High), second.Low));

    public override Direction Slope(Call call, int argument, ValueRange first)
        => call.Second is Constant && call.Third is Constant ? Direction.Up : Direction.Unknown;

    /// <summary>Where the limits cross, the upper one holds.</summary>
    public override Expression Total(Call call)
        => new Call(call.Type, FunctionTable.Min, new Call(call.Type, FunctionTable.Max, call.First, call.Second), call.Third);

    // There is no MathF.Clamp.
    public override string Scalar(IrType type, string system) => system + "Math.Clamp";

    public override Obstacle? VectorObstacle(Call call)
        => call.Second is Constant && call.Third is Constant ? null : new("Clamp throws where its limits cross, which vectors cannot", "write Math.Min(Math.Max(x, low), high)");

    /// <summary>As Math.Clamp: the limits win over what lies outside, NaN stays.</summary>
    public override string Vector(string lanes, string suffix, Call call, string[] arguments)
    {
        string value = arguments[0];
        string low = arguments[1];
        string high = arguments[2];
        return $"{lanes}.ConditionalSelect({lanes}.LessThan{suffix}({value}, {low}), {low}, {lanes}.ConditionalSelect({lanes}.GreaterThan{suffix}({value}, {high}), {high}, {value}))";
    }
}
