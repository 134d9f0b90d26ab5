using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

internal enum Direction { Constant, Up, Down, Unknown }

/// <summary>How a term moves as one column grows, rounding included: every IEEE operation rounds monotonically.</summary>
internal sealed class Monotonicity(IntervalAnalysis intervals, int column)
{
    public Direction Of(Expression expression) => expression switch
    {
        ColumnRead read => read.Column == column ? Direction.Up : Direction.Unknown,
        Constant => Direction.Constant,
        Read read => read.Kind is ReadKind.Tunable or ReadKind.State || read.Name == "now" ? Direction.Constant : Direction.Unknown,
        Unary { Op: UnaryOp.Negate } unary => Flip(Of(unary.Operand)),
        Conversion { Operand.Type: IrType.Long or IrType.Int } conversion => Of(conversion.Operand),
        Conversion { Type: IrType.Double or IrType.Float } conversion => Of(conversion.Operand),
        Binary { Type: IrType.Double or IrType.Float } binary => OfBinary(binary),
        Call call => OfCall(call),
        _ => Direction.Unknown,
    };

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
        Direction first = Of(call.First);
        switch (call.Function)
        {
            case MathFunction.Min or MathFunction.Max:
                return Join(first, Of(call.Second!));
            case MathFunction.Sqrt or MathFunction.Floor or MathFunction.Ceiling:
                return first;
            case MathFunction.Abs when intervals.Of(call.First).NonNegative:
                return first;
            case MathFunction.Clamp when call.Second is Constant && call.Third is Constant:
                return first;
            default:
                // Exp, Log and Pow are monotone on paper only: their last bits need not be.
                return Direction.Unknown;
        }
    }

    private static Direction Times(Direction direction, Interval factor)
        => direction == Direction.Constant ? direction
            : factor.NonNegative ? direction
            : factor.NonPositive ? Flip(direction)
            : Direction.Unknown;

    private static Direction Flip(Direction direction)
        => direction switch { Direction.Up => Direction.Down, Direction.Down => Direction.Up, _ => direction };

    private static Direction Join(Direction left, Direction right)
        => left == Direction.Constant ? right : right == Direction.Constant || left == right ? left : Direction.Unknown;
}
