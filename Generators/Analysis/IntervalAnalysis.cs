using System;
using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>
/// Limits of an expression's values. Arithmetic that rounds to nearest is monotone, so values at the corners are limits; results of library
/// functions are widened. Branches are analysed under their condition, and features under what they never exceed.
/// </summary>
/// <param name="input">The limits of a leaf.</param>
/// <param name="source">What a column holds, in features; null where there are no columns.</param>
internal sealed class IntervalAnalysis(Func<Expression, Interval> input, Func<ColumnRead, Expression>? source = null)
{
    private const double LongLimit = 9.2e18;

    private readonly Dictionary<Expression, Interval> _known = [];

    /// <summary>Operations that may be faulty: a divisor may be zero, a result may be NaN or too large. Null collects nothing.</summary>
    public HashSet<Expression>? Suspects { get; set; }

    public Interval Of(Expression expression)
    {
        Interval interval = Compute(expression);
        return _known.Count > 0 && _known.TryGetValue(expression, out Interval known) ? interval.Meet(known) : interval;
    }

    /// <summary>now - lastAccess and now - inserted are never negative.</summary>
    public bool IsAge(Expression expression)
        => expression is Binary { Op: BinaryOp.Subtract, Left: Read { Kind: ReadKind.Feature, Name: "now" }, Right: var right }
           && FeatureOf(right) is { } name && FeatureTable.Of(name).AtMostNow;

    private string? FeatureOf(Expression leaf) => leaf switch
    {
        Read { Kind: ReadKind.Feature } read => read.Name,
        ColumnRead column when source?.Invoke(column) is Read { Kind: ReadKind.Feature } read => read.Name,
        Conversion { Type: IrType.Double } conversion => FeatureOf(conversion.Operand),
        _ => null,
    };

    /// <summary>True where the first is never above the second, by what features are; adding what is not negative keeps that, rounding included.</summary>
    private bool AtMost(Expression low, Expression high)
        => low.Equals(high)
            || (FeatureOf(low) is { } name && FeatureOf(high) is { } limit && IsChained(name, limit))
            || (high is Binary { Op: BinaryOp.Add, Type: IrType.Double or IrType.Float } sum
                && ((Of(sum.Right).NonNegative && AtMost(low, sum.Left)) || (Of(sum.Left).NonNegative && AtMost(low, sum.Right))));

    private static bool IsChained(string name, string limit)
    {
        for (string? above = FeatureTable.Of(name).AtMost; above is not null; above = FeatureTable.Of(above).AtMost)
        {
            if (above == limit)
            {
                return true;
            }
        }

        return false;
    }

    private Interval Compute(Expression expression)
    {
        switch (expression)
        {
            case Constant { Type: IrType.Double or IrType.Float } constant:
                return Interval.Point(constant.Number);
            case Constant constant:
                return Interval.Point(constant.Integer);
            case Normalized normalized:
                Of(normalized.Operand);
                return new(0, 1, true);
            case Unary { Op: UnaryOp.Negate } unary:
                return Of(unary.Operand).Negate();
            case Unary { Op: UnaryOp.Not } unary:
                Interval operand = Of(unary.Operand);
                return new(1 - operand.High, 1 - operand.Low);
            case Unary unary:
                Of(unary.Operand);
                return Interval.Any;
            case Conversion conversion:
                return Convert(Of(conversion.Operand), conversion);
            case Choice choice:
                return OfChoice(choice);
            case Binary { Type: IrType.Bool } binary:
                return OfCondition(binary);
            case Binary binary:
                return Suspect(binary, OfArithmetic(binary));
            case Call call:
                return Suspect(call, OfCall(call));
            default:
                return input(expression);
        }
    }

    /// <summary>Notes what may go wrong here; a NaN or an infinity that comes from an operand is the operand's.</summary>
    private Interval Suspect(Expression operation, Interval result)
    {
        if (Suspects is not null && (result.MayBeNaN || result.MayBeInfinite))
        {
            Suspects.Add(operation);
        }

        return result;
    }

    private static Interval Convert(Interval value, Conversion conversion) => conversion.Type switch
    {
        IrType.Float => new((float)value.Low, (float)value.High, value.MayBeNaN),
        IrType.Long => Whole(value, long.MinValue, long.MaxValue),
        IrType.Int => conversion.Operand.Type == IrType.Long && (value.Low < int.MinValue || value.High > int.MaxValue)
            ? new(int.MinValue, int.MaxValue)
            : Whole(value, int.MinValue, int.MaxValue),
        _ => value,
    };

    /// <summary>Conversions of numbers out of range give the nearest limit, of NaN zero.</summary>
    private static Interval Whole(Interval value, double least, double most)
    {
        Interval whole = new(Math.Max(least, Math.Min(most, Math.Truncate(value.Low))), Math.Max(least, Math.Min(most, Math.Truncate(value.High))));
        return value.MayBeNaN ? whole.Join(Interval.Point(0)) : whole;
    }

    private Interval OfChoice(Choice choice)
    {
        Interval condition = Of(choice.Condition);
        if (condition.IsPoint)
        {
            return Of(condition.Low != 0 ? choice.WhenTrue : choice.WhenFalse);
        }

        return Under(choice.Condition, true, choice.WhenTrue).Join(Under(choice.Condition, false, choice.WhenFalse));
    }

    /// <summary>The limits where a condition holds, or does not.</summary>
    private Interval Under(Expression condition, bool holds, Expression value)
    {
        var before = new List<(Expression Expression, Interval? Known)>();
        Assume(condition, holds, before);
        Interval result = Of(value);
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

    private void Assume(Expression condition, bool holds, List<(Expression Expression, Interval? Known)> before)
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
                Interval left = Of(comparison.Left);
                Interval right = Of(comparison.Right);
                Know(comparison.Left, Limited(left, op, right, comparison.Left.Type), holds, before);
                Know(comparison.Right, Limited(right, Mirrored(op), left, comparison.Left.Type), holds, before);
                break;
            case Call { Function: MathFunction.IsNaN } test when !holds:
                Know(test.First, Of(test.First), true, before);
                break;
        }
    }

    private void Know(Expression expression, Interval limits, bool excludesNaN, List<(Expression Expression, Interval? Known)> before)
    {
        if (expression is Constant)
        {
            return;
        }

        before.Add((expression, _known.TryGetValue(expression, out Interval known) ? known : null));
        _known[expression] = limits with { MayBeNaN = limits.MayBeNaN && !excludesNaN };
    }

    private static Interval Limited(Interval value, BinaryOp op, Interval other, IrType type)
    {
        bool whole = type is IrType.Long or IrType.Int;
        Interval limit = op switch
        {
            BinaryOp.Less => new(double.NegativeInfinity, whole ? other.High - 1 : Below(other.High, type)),
            BinaryOp.LessOrEqual => new(double.NegativeInfinity, other.High),
            BinaryOp.Greater => new(whole ? other.Low + 1 : -Below(-other.Low, type), double.PositiveInfinity),
            BinaryOp.GreaterOrEqual => new(other.Low, double.PositiveInfinity),
            BinaryOp.Equal => other with { MayBeNaN = false },
            BinaryOp.NotEqual when other.IsPoint && other.Low == value.Low => new(whole ? other.Low + 1 : -Below(-other.Low, type), double.PositiveInfinity),
            BinaryOp.NotEqual when other.IsPoint && other.Low == value.High => new(double.NegativeInfinity, whole ? other.Low - 1 : Below(other.Low, type)),
            _ => Interval.Any,
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

    private Interval OfCondition(Binary binary)
    {
        Interval left = Of(binary.Left);
        if (binary.Left.Type == IrType.Bool)
        {
            // The right side of && and || is reached under the left.
            Interval other = binary.Op switch
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

        Interval right = Of(binary.Right);
        bool certain = !left.MayBeNaN && !right.MayBeNaN;
        return binary.Op switch
        {
            BinaryOp.Less when certain && (left.High < right.Low) => Interval.Point(1),
            BinaryOp.Less when left.Low >= right.High || AtMost(binary.Right, binary.Left) => Interval.Point(0),
            BinaryOp.LessOrEqual when certain && (left.High <= right.Low || AtMost(binary.Left, binary.Right)) => Interval.Point(1),
            BinaryOp.LessOrEqual when left.Low > right.High => Interval.Point(0),
            BinaryOp.Greater when certain && left.Low > right.High => Interval.Point(1),
            BinaryOp.Greater when left.High <= right.Low || AtMost(binary.Left, binary.Right) => Interval.Point(0),
            BinaryOp.GreaterOrEqual when certain && (left.Low >= right.High || AtMost(binary.Right, binary.Left)) => Interval.Point(1),
            BinaryOp.GreaterOrEqual when left.High < right.Low => Interval.Point(0),
            BinaryOp.Equal when left.High < right.Low || left.Low > right.High => Interval.Point(0),
            BinaryOp.NotEqual when left.High < right.Low || left.Low > right.High => Interval.Point(1),
            _ => new(0, 1),
        };
    }

    private Interval OfArithmetic(Binary binary)
    {
        Interval left = Of(binary.Left);
        Interval right = Of(binary.Right);
        Interval result = binary.Op switch
        {
            BinaryOp.Add => new(Sum(left.Low, right.Low, double.NegativeInfinity), Sum(left.High, right.High, double.PositiveInfinity), Opposes(left, right)),
            BinaryOp.Subtract => Difference(binary, left, right),
            BinaryOp.Multiply => Product(binary, left, right),
            BinaryOp.Divide => Quotient(binary, left, right),
            BinaryOp.Remainder => Remainder(binary, left, right),
            _ => Interval.Any,
        };
        result = result with { MayBeNaN = result.MayBeNaN || left.MayBeNaN || right.MayBeNaN };
        return binary.Type switch
        {
            IrType.Float => new((float)result.Low, (float)result.High, result.MayBeNaN),
            IrType.Long => result.Magnitude < LongLimit ? result with { MayBeNaN = false } : new(long.MinValue, long.MaxValue),
            IrType.Int => result.Low >= int.MinValue && result.High <= int.MaxValue ? result with { MayBeNaN = false } : new(int.MinValue, int.MaxValue),
            _ => result,
        };
    }

    private static double Sum(double left, double right, double otherwise)
    {
        double sum = left + right;
        return double.IsNaN(sum) ? otherwise : sum;
    }

    /// <summary>Infinities of opposite signs may meet.</summary>
    private static bool Opposes(Interval left, Interval right)
        => (double.IsPositiveInfinity(left.High) && double.IsNegativeInfinity(right.Low)) || (double.IsNegativeInfinity(left.Low) && double.IsPositiveInfinity(right.High));

    private Interval Difference(Binary binary, Interval left, Interval right)
    {
        Interval negated = right.Negate();
        bool nan = Opposes(left, negated);
        if (binary.Left.Equals(binary.Right))
        {
            return new(0, 0, left.MayBeInfinite || left.MayBeNaN);
        }

        double low = Sum(left.Low, negated.Low, double.NegativeInfinity);
        double high = Sum(left.High, negated.High, double.PositiveInfinity);
        return AtMost(binary.Right, binary.Left) ? new(Math.Max(0, low), high, nan)
            : AtMost(binary.Left, binary.Right) ? new(low, Math.Min(0, high), nan)
            : new(low, high, nan);
    }

    private static Interval Product(Binary binary, Interval left, Interval right)
    {
        bool nan = (left.Contains(0) && right.MayBeInfinite) || (right.Contains(0) && left.MayBeInfinite);
        Interval corners = Corners(left, right, (a, b) => a == 0 || b == 0 ? 0 : a * b);
        return binary.Left.Equals(binary.Right)
            ? new(left.Contains(0) ? 0 : Math.Min(left.Low * left.Low, left.High * left.High), corners.High, false)
            : corners with { MayBeNaN = nan };
    }

    private Interval Quotient(Binary binary, Interval left, Interval right)
    {
        bool whole = binary.Type is IrType.Long or IrType.Int;
        if (right.Contains(0))
        {
            Suspects?.Add(binary);
            bool nan = !whole && (left.Contains(0) || (left.MayBeInfinite && right.MayBeInfinite));
            return right.NonNegative
                ? Corners(left, right, (a, b) => a == 0 || (double.IsInfinity(a) && double.IsInfinity(b)) ? 0 : a / Math.Abs(b)) with { MayBeNaN = nan }
                : Interval.Any with { MayBeNaN = nan };
        }

        if (!whole && left.NonNegative && AtMost(binary.Left, binary.Right))
        {
            return new(0, 1, right.MayBeInfinite);
        }

        if (binary.Left.Equals(binary.Right))
        {
            return new(1, 1, left.MayBeInfinite);
        }

        Interval quotient = Corners(left, right, (a, b) => double.IsInfinity(a) && double.IsInfinity(b) ? (a > 0 == b > 0 ? 0 : -0.0) : a / b)
            with { MayBeNaN = left.MayBeInfinite && right.MayBeInfinite };
        return whole ? new(Math.Truncate(quotient.Low), Math.Truncate(quotient.High)) : quotient;
    }

    private Interval Remainder(Binary binary, Interval left, Interval right)
    {
        if (right.Contains(0))
        {
            Suspects?.Add(binary);
        }

        double limit = Math.Min(right.Magnitude, left.Magnitude);
        return new(left.NonNegative ? 0 : -limit, left.NonPositive ? 0 : limit, right.Contains(0) || left.MayBeInfinite);
    }

    private static Interval Corners(Interval left, Interval right, Func<double, double, double> combine)
    {
        double[] corners = [combine(left.Low, right.Low), combine(left.Low, right.High), combine(left.High, right.Low), combine(left.High, right.High)];
        return corners.Any(double.IsNaN) ? Interval.Any : new(corners.Min(), corners.Max());
    }

    private Interval OfCall(Call call)
    {
        Interval first = Of(call.First);
        Interval second = call.Second is null ? Interval.Any : Of(call.Second);
        Interval third = call.Third is null ? Interval.Any : Of(call.Third);
        bool nan = first.MayBeNaN || (call.Second is not null && second.MayBeNaN) || (call.Third is not null && third.MayBeNaN);
        Interval result = call.Function switch
        {
            MathFunction.Min => new(Math.Min(first.Low, second.Low), Math.Min(first.High, second.High)),
            MathFunction.Max => new(Math.Max(first.Low, second.Low), Math.Max(first.High, second.High)),
            MathFunction.Clamp => Clamped(call, first, second, third),
            MathFunction.Abs => first.NonNegative ? first : first.NonPositive ? first.Negate() : new(0, first.Magnitude),
            MathFunction.Sqrt => new(Math.Sqrt(Math.Max(0, first.Low)), Math.Sqrt(Math.Max(0, first.High)), first.Low < 0),
            MathFunction.Exp => Widened(Math.Exp(first.Low), Math.Exp(first.High), 0),
            MathFunction.Exp2 => Widened(Math.Pow(2, first.Low), Math.Pow(2, first.High), 0),
            MathFunction.Log => Logarithm(first, Math.Log),
            MathFunction.Log2 => Logarithm(first, value => Math.Log(value) / Math.Log(2)),
            MathFunction.Log10 => Logarithm(first, Math.Log10),
            MathFunction.Pow => Power(call, first, second),
            MathFunction.Floor => new(Math.Floor(first.Low), Math.Floor(first.High)),
            MathFunction.Ceiling => new(Math.Ceiling(first.Low), Math.Ceiling(first.High)),
            MathFunction.Sign => new(first.Positive ? 1 : first.NonNegative ? 0 : -1, first.High < 0 ? -1 : first.NonPositive ? 0 : 1),
            MathFunction.IsNaN => new(0, first.MayBeNaN ? 1 : 0),
            _ => Interval.Any,
        };
        if (call.Function == MathFunction.IsNaN || call.Type is IrType.Long or IrType.Int)
        {
            return result with { MayBeNaN = false };
        }

        result = result with { MayBeNaN = result.MayBeNaN || nan };
        return call.Type == IrType.Float ? Single(call.Function, result) : result;
    }

    private static Interval Single(MathFunction function, Interval value)
    {
        double slack = function is MathFunction.Exp or MathFunction.Exp2 or MathFunction.Log or MathFunction.Log2 or MathFunction.Log10 or MathFunction.Pow ? 1e-6 : 0;
        double low = value.Low - (slack * Math.Abs(value.Low));
        double high = value.High + (slack * Math.Abs(value.High));
        return new(double.IsNaN(low) ? value.Low : (float)low, double.IsNaN(high) ? value.High : (float)high, value.MayBeNaN);
    }

    private Interval Clamped(Call call, Interval value, Interval least, Interval most)
    {
        if (least.High > most.Low && !AtMost(call.Second!, call.Third!))
        {
            // It throws where the limits cross.
            Suspects?.Add(call);
        }

        return new(
            Math.Min(Math.Max(value.Low, least.Low), most.High),
            Math.Max(Math.Min(value.High, most.High), least.Low));
    }

    private static Interval Logarithm(Interval value, Func<double, double> log)
        => Widened(log(Math.Max(0, value.Low)), log(Math.Max(0, value.High)), value.Low >= 1 ? 0 : double.NegativeInfinity) with { MayBeNaN = value.Low < 0 };

    private static Interval Power(Call call, Interval value, Interval exponent)
    {
        if (value.NonNegative)
        {
            Interval corners = Corners(value, exponent, Math.Pow);
            return Widened(corners.Low, corners.High, 0);
        }

        return call.Second is Constant { Type: IrType.Double or IrType.Float, Number: var power } && Math.Floor(power) == power && power > 0
            ? power % 2 == 0
                ? Widened(0, Math.Pow(value.Magnitude, power), 0)
                : Widened(Math.Pow(value.Low, power), Math.Pow(value.High, power), double.NegativeInfinity)
            : Interval.Unknown;
    }

    /// <summary>Library functions may be off by units in the last place.</summary>
    private static Interval Widened(double low, double high, double least)
    {
        low = double.IsNaN(low) ? double.NegativeInfinity : low - (Math.Abs(low) * 1e-14);
        high = double.IsNaN(high) ? double.PositiveInfinity : high + (Math.Abs(high) * 1e-14);
        return new(Math.Max(least, double.IsNaN(low) ? double.NegativeInfinity : low), double.IsNaN(high) ? double.PositiveInfinity : high);
    }
}
