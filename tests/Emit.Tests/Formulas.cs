using Squelch.Generators.Ir;

namespace Squelch.Emit.Tests;

/// <summary>Formulas by hand, as the front end would lower them.</summary>
internal static class Formulas
{
    public static Expression Feature(string name, IrType type = IrType.Double) => new Read(type, ReadKind.Feature, name);

    public static Expression Own(string name) => new Read(IrType.Double, ReadKind.CustomFeature, name);

    public static Expression State(string name) => new Read(IrType.Double, ReadKind.State, name);

    public static Expression Tunable(string name) => new Read(IrType.Double, ReadKind.Tunable, name);

    public static Expression Number(double value, IrType type = IrType.Double) => new Constant(type, value, 0);

    public static Expression Add(Expression left, Expression right) => new Binary(left.Type, BinaryOp.Add, left, right);

    public static Expression Subtract(Expression left, Expression right) => new Binary(left.Type, BinaryOp.Subtract, left, right);

    public static Expression Multiply(Expression left, Expression right) => new Binary(left.Type, BinaryOp.Multiply, left, right);

    public static Expression Divide(Expression left, Expression right) => new Binary(left.Type, BinaryOp.Divide, left, right);

    public static Expression Math(string function, Expression first, Expression? second = null) => new Call(first.Type, function, first, second);
}
