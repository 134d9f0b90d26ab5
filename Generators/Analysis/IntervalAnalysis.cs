using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>
/// Limits of an expression's values. Arithmetic that rounds to nearest is monotone, so values at the corners are limits; results of library
/// functions are widened. Branches are analysed under their condition, and features under what they never exceed.
/// </summary>
/// <param name="input">The limits of a leaf.</param>
/// <param name="source">What a column holds, in features; null where there are no columns.</param>
internal sealed partial class IntervalAnalysis(Func<Expression, ValueRange> input, Func<ColumnRead, Expression>? source = null)
{
    private const double LongLimit = 9.2e18;

    private readonly Dictionary<Expression, ValueRange> _known = [];

    /// <summary>Operations that may be faulty: a divisor may be zero, a result may be NaN or too large. Null collects nothing.</summary>
    public HashSet<Expression>? Suspects { get; set; }

    public ValueRange Of(Expression expression)
    {
        ValueRange interval = Compute(expression);
        return _known.Count > 0 && _known.TryGetValue(expression, out ValueRange known) ? interval.Meet(known) : interval;
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
            || (FeatureOf(low) is { } name && FeatureOf(high) is { } limit && FeatureTable.NeverExceeds(name, limit))
            || (high is Binary { Op: BinaryOp.Add, Type: IrType.Double or IrType.Float } sum
                && ((Of(sum.Right).NonNegative && AtMost(low, sum.Left)) || (Of(sum.Left).NonNegative && AtMost(low, sum.Right))));

    private ValueRange Compute(Expression expression)
    {
        switch (expression)
        {
            case Constant { Type: IrType.Double or IrType.Float } constant:
                return ValueRange.Point(constant.Number);
            case Constant constant:
                return ValueRange.Point(constant.Integer);
            case Normalized normalized:
                Of(normalized.Operand);
                return new(0, 1, true);
            case Unary { Op: UnaryOp.Negate } unary:
                return Of(unary.Operand).Negate();
            case Unary { Op: UnaryOp.Not } unary:
                ValueRange operand = Of(unary.Operand);
                return new(1 - operand.High, 1 - operand.Low);
            case Unary unary:
                Of(unary.Operand);
                return ValueRange.Any;
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
    private ValueRange Suspect(Expression operation, ValueRange result)
    {
        if (Suspects is not null && (result.MayBeNaN || result.MayBeInfinite))
        {
            Suspects.Add(operation);
        }

        return result;
    }

    private static ValueRange Convert(ValueRange value, Conversion conversion) => conversion.Type switch
    {
        IrType.Float => new((float)value.Low, (float)value.High, value.MayBeNaN),
        IrType.Long => Whole(value, long.MinValue, long.MaxValue),
        IrType.Int => conversion.Operand.Type == IrType.Long && (value.Low < int.MinValue || value.High > int.MaxValue)
            ? new(int.MinValue, int.MaxValue)
            : Whole(value, int.MinValue, int.MaxValue),
        _ => value,
    };

    /// <summary>Conversions of numbers out of range give the nearest limit, of NaN zero.</summary>
    private static ValueRange Whole(ValueRange value, double least, double most)
    {
        ValueRange whole = new(Math.Max(least, Math.Min(most, Math.Truncate(value.Low))), Math.Max(least, Math.Min(most, Math.Truncate(value.High))));
        return value.MayBeNaN ? whole.Join(ValueRange.Point(0)) : whole;
    }

    private ValueRange OfCall(Call call)
    {
        Function function = FunctionTable.Of(call);
        ValueRange first = Of(call.First);
        ValueRange second = call.Second is null ? ValueRange.Any : Of(call.Second);
        ValueRange third = call.Third is null ? ValueRange.Any : Of(call.Third);
        if (function.OrdersLimits && second.High > third.Low && !AtMost(call.Second!, call.Third!))
        {
            Suspects?.Add(call);
        }

        ValueRange result = function.Range(call, first, second, third);
        if (call.Type is IrType.Bool or IrType.Long or IrType.Int)
        {
            return result with { MayBeNaN = false };
        }

        result = result with { MayBeNaN = result.MayBeNaN || first.MayBeNaN || second.MayBeNaN || third.MayBeNaN };
        return call.Type == IrType.Float ? Single(function, result) : result;
    }

    private static ValueRange Single(Function function, ValueRange value)
    {
        double slack = function.Accuracy == Accuracy.Library ? 1e-6 : 0;
        double low = value.Low - (slack * Math.Abs(value.Low));
        double high = value.High + (slack * Math.Abs(value.High));
        return new(double.IsNaN(low) ? value.Low : (float)low, double.IsNaN(high) ? value.High : (float)high, value.MayBeNaN);
    }
}
