using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>The sum of a policy's terms, over features.</summary>
internal static class WeightedSum
{
    /// <summary>The sum of those that are not scaled over the candidates, or null where there is none.</summary>
    public static Expression? Unscaled(PolicyModel model)
    {
        IrType scalar = model.SinglePrecision ? IrType.Float : IrType.Double;
        Expression[] terms = [.. model.Terms.Where(term => !term.MinMax).Select(term => Weighted(scalar, term.Weight, AsScalar(term.Body, scalar)))];
        return terms.Length == 0 ? null : terms.Aggregate((sum, term) => new Binary(scalar, BinaryOp.Add, sum, term));
    }

    public static Expression Weighted(IrType scalar, WeightModel weight, Expression value)
        => weight.Tunable is not null ? new Binary(scalar, BinaryOp.Multiply, new Read(scalar, ReadKind.Tunable, Names.Camel(weight.Tunable)), value)
            : weight.Constant == 1 ? value
            : new Binary(scalar, BinaryOp.Multiply, new Constant(scalar, weight.Constant, 0), value);

    public static Expression AsScalar(Expression value, IrType scalar)
        => value.Type == scalar ? value : new Conversion(scalar, value);
}
