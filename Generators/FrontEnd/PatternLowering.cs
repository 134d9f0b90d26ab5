using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>Turns the patterns of a switch expression into comparisons.</summary>
internal static class PatternLowering
{
    /// <summary>Whether the value matches; null where every value does.</summary>
    /// <param name="pattern">Numbers, comparisons with them, and, or, not, _.</param>
    /// <param name="value">What is switched on.</param>
    /// <param name="lower">Lowers the numbers.</param>
    /// <exception cref="FormulaException">It is another pattern.</exception>
    public static Expression? Of(IPatternOperation pattern, Expression value, Func<IOperation, Expression> lower)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return null;
            case IConstantPatternOperation { Value: var constant } when IsNumber(constant):
                return Compare(BinaryOp.Equal, lower(constant));
            case IRelationalPatternOperation { Value: var constant, OperatorKind: var kind } when IsNumber(constant) && OpOf(kind) is { } op:
                return Compare(op, lower(constant));
            case INegatedPatternOperation { Pattern: var inner } when Of(inner, value, lower) is { } matches:
                return new Unary(IrType.Bool, UnaryOp.Not, matches);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } both
                when Of(both.LeftPattern, value, lower) is { } left && Of(both.RightPattern, value, lower) is { } right:
                return new Binary(IrType.Bool, both.OperatorKind == BinaryOperatorKind.And ? BinaryOp.And : BinaryOp.Or, left, right);
            default:
                throw FormulaFaults.Unsupported(pattern, "a pattern other than numbers, comparisons with numbers, 'and', 'or', 'not' and '_'");
        }

        Binary Compare(BinaryOp op, Expression constant) => new(IrType.Bool, op, value, constant);
    }

    /// <summary>Equality finds no NaN, which a pattern would.</summary>
    private static bool IsNumber(IOperation constant)
        => constant.ConstantValue is { HasValue: true, Value: { } number } && FormulaTypes.Of(constant.Type) is not null && number is not (double.NaN or float.NaN);

    private static BinaryOp? OpOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOp.Less,
        BinaryOperatorKind.LessThanOrEqual => BinaryOp.LessOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOp.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOp.GreaterOrEqual,
        _ => null,
    };
}
