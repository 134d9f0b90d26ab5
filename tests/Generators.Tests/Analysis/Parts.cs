using Squelch.Generators.Ir;

namespace Squelch.Generators.Tests.Analysis;

/// <summary>Formulas by hand, as the front end would lower them.</summary>
internal static class Parts
{
    public static Read X { get; } = new(IrType.Double, ReadKind.Feature, "hits");

    public static Read Y { get; } = new(IrType.Double, ReadKind.Feature, "tokens");

    public static Expression Of(double value) => new Constant(IrType.Double, value, 0);

    public static Expression Is(Expression left, BinaryOp op, Expression right) => new Binary(IrType.Bool, op, left, right);

    public static Expression Do(Expression left, BinaryOp op, Expression right) => new Binary(left.Type, op, left, right);

    public static Expression Call(string function, params Expression[] arguments)
        => new Call(function == "IsNaN" ? IrType.Bool : arguments[0].Type, function, arguments[0], arguments.ElementAtOrDefault(1), arguments.ElementAtOrDefault(2));

    public static Expression If(Expression condition, Expression whenTrue, Expression whenFalse) => new Choice(whenTrue.Type, condition, whenTrue, whenFalse);
}
