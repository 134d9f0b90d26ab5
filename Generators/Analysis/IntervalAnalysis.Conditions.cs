using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <content>What a condition says about the values under it.</content>
internal sealed partial class IntervalAnalysis
{
    private ValueRange OfChoice(Choice choice)
    {
        ValueRange condition = Of(choice.Condition);
        if (condition.IsPoint)
        {
            return Of(condition.Low != 0 ? choice.WhenTrue : choice.WhenFalse);
        }

        return Under(choice.Condition, true, choice.WhenTrue).Join(Under(choice.Condition, false, choice.WhenFalse));
    }

    /// <summary>The limits where a condition holds, or does not.</summary>
    private ValueRange Under(Expression condition, bool holds, Expression value)
    {
        var before = new List<(Expression Expression, ValueRange? Known)>();
        Assume(condition, holds, before);
        ValueRange result = Of(value);
        for (int i = before.Count - 1; i >= 0; i--)
        {
            if (before[i].Known is { } known)
            {
                _known[before[i].Expression] = known;
            }
            else
            {
                _known.Remove(before[i].Expression);
            }
        }

        return result;
    }

    private void Assume(Expression condition, bool holds, List<(Expression Expression, ValueRange? Known)> before)
    {
        switch (condition)
        {
            case Unary { Op: UnaryOp.Not } not:
                Assume(not.Operand, !holds, before);
                break;
            case Binary { Op: BinaryOp.And } both when holds && both.Type == IrType.Bool && both.Left.Type == IrType.Bool:
            case Binary { Op: BinaryOp.Or } either when !holds && either.Type == IrType.Bool && either.Left.Type == IrType.Bool:
                var pair = (Binary)condition;
                Assume(pair.Left, holds, before);
                Assume(pair.Right, holds, before);
                break;
            case Binary { Op: BinaryOp.Less or BinaryOp.LessOrEqual or BinaryOp.Greater or BinaryOp.GreaterOrEqual or BinaryOp.Equal or BinaryOp.NotEqual } comparison
                when comparison.Left.Type != IrType.Bool:
                BinaryOp op = holds ? comparison.Op : Opposite(comparison.Op);
                ValueRange left = Of(comparison.Left);
                ValueRange right = Of(comparison.Right);
                Know(comparison.Left, Limited(left, op, right, comparison.Left.Type), holds, before);
                Know(comparison.Right, Limited(right, Mirrored(op), left, comparison.Left.Type), holds, before);
                break;
            case Call { Function: FunctionTable.IsNaN } test when !holds:
                Know(test.First, Of(test.First), true, before);
                break;
        }
    }

    private void Know(Expression expression, ValueRange limits, bool excludesNaN, List<(Expression Expression, ValueRange? Known)> before)
    {
        if (expression is Constant)
        {
            return;
        }

        before.Add((expression, _known.TryGetValue(expression, out ValueRange known) ? known : null));
        _known[expression] = limits with { MayBeNaN = limits.MayBeNaN && !excludesNaN };
    }

    private static ValueRange Limited(ValueRange value, BinaryOp op, ValueRange other, IrType type)
    {
        bool whole = type is IrType.Long or IrType.Int;
        ValueRange limit = op switch
        {
            BinaryOp.Less => new(double.NegativeInfinity, whole ? other.High - 1 : Below(other.High, type)),
            BinaryOp.LessOrEqual => new(double.NegativeInfinity, other.High),
            BinaryOp.Greater => new(whole ? other.Low + 1 : -Below(-other.Low, type), double.PositiveInfinity),
            BinaryOp.GreaterOrEqual => new(other.Low, double.PositiveInfinity),
            BinaryOp.Equal => other with { MayBeNaN = false },
            BinaryOp.NotEqual when other.IsPoint && other.Low == value.Low => new(whole ? other.Low + 1 : -Below(-other.Low, type), double.PositiveInfinity),
            BinaryOp.NotEqual when other.IsPoint && other.Low == value.High => new(double.NegativeInfinity, whole ? other.Low - 1 : Below(other.Low, type)),
            _ => ValueRange.Any,
        };
        return value.Meet(limit with { MayBeNaN = value.MayBeNaN });
    }

    /// <summary>The next smaller number of the type.</summary>
    private static double Below(double value, IrType type)
    {
        if (double.IsInfinity(value))
        {
            return value;
        }

        if (type == IrType.Float)
        {
            return value == 0 ? -float.Epsilon : value - Math.Max(Math.Abs(value) * 5.9e-8, float.Epsilon);
        }

        return value == 0
            ? -double.Epsilon
            : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + (value > 0 ? -1 : 1));
    }

    private static BinaryOp Opposite(BinaryOp op) => op switch
    {
        BinaryOp.Less => BinaryOp.GreaterOrEqual,
        BinaryOp.LessOrEqual => BinaryOp.Greater,
        BinaryOp.Greater => BinaryOp.LessOrEqual,
        BinaryOp.GreaterOrEqual => BinaryOp.Less,
        BinaryOp.Equal => BinaryOp.NotEqual,
        _ => BinaryOp.Equal,
    };

    private static BinaryOp Mirrored(BinaryOp op) => op switch
    {
        BinaryOp.Less => BinaryOp.Greater,
        BinaryOp.LessOrEqual => BinaryOp.GreaterOrEqual,
        BinaryOp.Greater => BinaryOp.Less,
        BinaryOp.GreaterOrEqual => BinaryOp.LessOrEqual,
        _ => op,
    };

    private ValueRange OfCondition(Binary binary)
    {
        ValueRange left = Of(binary.Left);
        if (binary.Left.Type == IrType.Bool)
        {
            // The right side of && and || is reached under the left.
            ValueRange other = binary.Op switch
            {
                BinaryOp.And => Under(binary.Left, true, binary.Right),
                BinaryOp.Or => Under(binary.Left, false, binary.Right),
                _ => Of(binary.Right),
            };
            return binary.Op switch
            {
                BinaryOp.And => new(Math.Min(left.Low, other.Low), Math.Min(left.High, other.High)),
                BinaryOp.Or => new(Math.Max(left.Low, other.Low), Math.Max(left.High, other.High)),
                _ => new(0, 1),
            };
        }

        ValueRange right = Of(binary.Right);
        bool certain = !left.MayBeNaN && !right.MayBeNaN;
        return binary.Op switch
        {
            BinaryOp.Less when certain && (left.High < right.Low) => ValueRange.Point(1),
            BinaryOp.Less when left.Low >= right.High || AtMost(binary.Right, binary.Left) => ValueRange.Point(0),
            BinaryOp.LessOrEqual when certain && (left.High <= right.Low || AtMost(binary.Left, binary.Right)) => ValueRange.Point(1),
            BinaryOp.LessOrEqual when left.Low > right.High => ValueRange.Point(0),
            BinaryOp.Greater when certain && left.Low > right.High => ValueRange.Point(1),
            BinaryOp.Greater when left.High <= right.Low || AtMost(binary.Left, binary.Right) => ValueRange.Point(0),
            BinaryOp.GreaterOrEqual when certain && (left.Low >= right.High || AtMost(binary.Right, binary.Left)) => ValueRange.Point(1),
            BinaryOp.GreaterOrEqual when left.High < right.Low => ValueRange.Point(0),
            BinaryOp.Equal when left.High < right.Low || left.Low > right.High => ValueRange.Point(0),
            BinaryOp.NotEqual when left.High < right.Low || left.Low > right.High => ValueRange.Point(1),
            _ => new(0, 1),
        };
    }
}
