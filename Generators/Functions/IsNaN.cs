using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>The one function that is not NaN where its argument is.</summary>
internal sealed class IsNaN() : Function(FunctionTable.IsNaN, 1, Accuracy.Exact, UnitRule.Answer)
{
    public override string Display => "double.IsNaN";

    public override double Compute(double first, double second, double third) => double.IsNaN(first) ? 1 : 0;

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third) => new(0, first.MayBeNaN ? 1 : 0);

    public override string Scalar(IrType type, string system) => type == IrType.Float ? "float.IsNaN" : "double.IsNaN";

    public override string Vector(string lanes, string suffix, Call call, string[] arguments) => $"(~{lanes}.Equals({arguments[0]}, {arguments[0]}))";
}
