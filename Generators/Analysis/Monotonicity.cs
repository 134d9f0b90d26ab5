using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>How a term moves as one column grows, rounding included: every IEEE operation rounds monotonically.</summary>
/// <param name="leaf">How each leaf moves.</param>
/// <param name="exact">Library functions are monotone on paper only: their last bits need not be. False takes them at their word.</param>
internal sealed class Monotonicity(IntervalAnalysis intervals, Func<Expression, Direction> leaf, bool exact)
{
    /// <summary>As one column grows, for formulas that read no other.</summary>
    public static Direction InColumn(IntervalAnalysis intervals, int column, Expression formula)
        => new Monotonicity(
            intervals,
            leaf => leaf switch
            {
                ColumnRead read => read.Column == column ? Direction.Up : Direction.Unknown,
                Read read => read.Kind is ReadKind.Tunable or ReadKind.State || read.Name == "now" ? Direction.Constant : Direction.Unknown,
                _ => Direction.Unknown,
            },
            exact: true).Of(formula);

    /// <summary>As one input grows and all others stay.</summary>
    public static Direction InInput(IntervalAnalysis intervals, ReadKind kind, string name, Expression formula)
        => new Monotonicity(
            intervals,
            leaf => leaf is Read read && read.Kind == kind && Names.Camel(read.Name) == Names.Camel(name) ? Direction.Up : Direction.Constant,
            exact: false).Of(formula);

    private Direction Of(Expression expression) => expression switch
    {
        Constant => Direction.Constant,
        Unary { Op: UnaryOp.Negate } unary => Flip(Of(unary.Operand)),
        Conversion { Type: IrType.Double or IrType.Float or IrType.Long } conversion => Of(conversion.Operand),
        Conversion { Operand.Type: IrType.Double or IrType.Float } conversion => Of(conversion.Operand),
        Binary { Type: IrType.Double or IrType.Float } binary => OfBinary(binary),
        Call call => OfCall(call),
        Choice choice when Of(choice.Condition) == Direction.Constant => Join(Of(choice.WhenTrue), Of(choice.WhenFalse)),
        Choice or Binary or Unary or Conversion => AllConstant(expression) ? Direction.Constant : Direction.Unknown,
        _ => leaf(expression),
    };

    private bool AllConstant(Expression expression)
    {
        foreach (Expression operand in ExpressionTree.Children(expression))
        {
            if (Of(operand) != Direction.Constant)
            {
                return false;
            }
        }

        return true;
    }

    private Direction OfBinary(Binary binary)
    {
        Direction left = Of(binary.Left);
        Direction right = Of(binary.Right);
        switch (binary.Op)
        {
            case BinaryOp.Add:
                return Join(left, right);
            case BinaryOp.Subtract:
                return Join(left, Flip(right));
            case BinaryOp.Multiply:
                return Join(Times(left, intervals.Of(binary.Right)), Times(right, intervals.Of(binary.Left)));
            case BinaryOp.Divide when intervals.Of(binary.Right).NonNegative:
                return Join(Times(left, intervals.Of(binary.Right)), Flip(Times(right, intervals.Of(binary.Left))));
            default:
                return left == Direction.Constant && right == Direction.Constant ? Direction.Constant : Direction.Unknown;
        }
    }

    private Direction OfCall(Call call)
    {
        Function function = FunctionTable.Of(call);
        Direction result = Direction.Constant;
        int argument = 0;
        foreach (Expression operand in ExpressionTree.Children(call))
        {
            Direction slope = exact && function.Accuracy == Accuracy.Library ? Direction.Unknown : function.Slope(call, argument, intervals.Of(call.First));
            result = Join(result, Along(Of(operand), slope));
            argument++;
        }

        return result;
    }

    /// <summary>How a function moves whose argument moves.</summary>
    private static Direction Along(Direction argument, Direction slope) => slope switch
    {
        _ when argument == Direction.Constant => Direction.Constant,
        Direction.Down => Flip(argument),
        Direction.Up => argument,
        _ => slope,
    };

    private static Direction Times(Direction direction, ValueRange factor)
        => direction == Direction.Constant ? direction
            : factor.NonNegative ? direction
            : factor.NonPositive ? Flip(direction)
            : Direction.Unknown;

    private static Direction Flip(Direction direction)
        => direction switch { Direction.Up => Direction.Down, Direction.Down => Direction.Up, _ => direction };

    private static Direction Join(Direction left, Direction right)
        => left == Direction.Constant ? right : right == Direction.Constant || left == right ? left : Direction.Unknown;
}
