using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>Formulas whose values are whole numbers, so that two different values are at least a step apart.</summary>
internal static class Steps
{
    /// <summary>A whole number that divides every value; 0 where the only value is 0, null where values need not be whole.</summary>
    public static long? Of(Expression expression) => expression switch
    {
        Constant { Type: IrType.Double or IrType.Float } constant => Math.Abs(constant.Number) < 1e15 && Math.Floor(constant.Number) == constant.Number ? (long)Math.Abs(constant.Number) : null,
        Constant { Type: IrType.Bool } => null,
        Constant constant => constant.Integer == long.MinValue ? 1 : Math.Abs(constant.Integer),
        Read { Kind: ReadKind.Feature } read => FeatureTable.Of(read.Name).Whole ? 1 : null,
        Unary { Op: UnaryOp.Negate } unary => Of(unary.Operand),
        Conversion { Type: IrType.Double or IrType.Float } conversion => Of(conversion.Operand),
        Conversion conversion => Of(conversion.Operand) ?? 1,
        Choice choice => Common(Of(choice.WhenTrue), Of(choice.WhenFalse)),
        Binary { Op: BinaryOp.Add or BinaryOp.Subtract } sum => Common(Of(sum.Left), Of(sum.Right)),
        Binary { Op: BinaryOp.Multiply } product => Of(product.Left) is { } left && Of(product.Right) is { } right && (double)left * right < 1e15 ? left * right : null,
        Binary { Type: IrType.Long or IrType.Int } => 1,
        Call call when FunctionTable.Of(call).Selects => ExpressionTree.Children(call).Select(Of).Aggregate(Common),
        Call call when FunctionTable.Of(call).IsWhole => Of(call.First) ?? 1,
        _ => null,
    };

    private static long? Common(long? left, long? right)
    {
        if (left is not { } a || right is not { } b)
        {
            return null;
        }

        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
