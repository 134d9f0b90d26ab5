using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>A choice among three numbers: nothing past the front end meets it.</summary>
internal sealed class Sign() : Function("Sign", 1, Accuracy.Exact, UnitRule.Answer)
{
    /// <summary>Of NaN it is 0, where .NET throws.</summary>
    public override Expression Lower(IrType type, Expression[] arguments)
    {
        Expression value = arguments[0];
        var zero = new Constant(value.Type, 0, 0);
        return new Choice(
            type,
            new Binary(IrType.Bool, BinaryOp.Greater, value, zero),
            new Constant(type, 0, 1),
            new Choice(type, new Binary(IrType.Bool, BinaryOp.Less, value, zero), new Constant(type, 0, -1), new Constant(type, 0, 0)));
    }

    public override double Compute(double first, double second, double third) => first > 0 ? 1 : first < 0 ? -1 : 0;

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third) => new(-1, 1);
}
