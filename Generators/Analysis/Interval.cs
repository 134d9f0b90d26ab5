using System;
using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Planning;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>The numbers an expression can have while features keep to their ranges.</summary>
internal readonly record struct Interval(double Low, double High)
{
    public static Interval Any => new(double.NegativeInfinity, double.PositiveInfinity);

    public bool NonNegative => Low >= 0;

    public bool NonPositive => High <= 0;
}

/// <summary>Constant intervals of planned expressions.</summary>
internal sealed class IntervalAnalysis(IReadOnlyList<PlannedColumn> columns, PolicyModel model)
{
    public Interval Of(Expression expression)
    {
        Interval interval = expression switch
        {
            Constant { Type: IrType.Double or IrType.Float } constant => new(constant.Number, constant.Number),
            Constant constant => new(constant.Integer, constant.Integer),
            ColumnRead read => columns[read.Column].Range,
            Read read => OfRead(read),
            Normalized => new(0, 1),
            Unary { Op: UnaryOp.Negate } unary => Negate(Of(unary.Operand)),
            Conversion conversion => Of(conversion.Operand),
            Choice choice => Join(Of(choice.WhenTrue), Of(choice.WhenFalse)),
            Binary binary => OfBinary(binary),
            Call call => OfCall(call),
            _ => Interval.Any,
        };
        return double.IsNaN(interval.Low) || double.IsNaN(interval.High) ? Interval.Any : interval;
    }

    /// <summary>now - lastAccess and now - inserted are never negative.</summary>
    public bool IsAge(Expression expression)
        => expression is Binary { Op: BinaryOp.Subtract, Left: Read { Kind: ReadKind.Feature, Name: "now" }, Right: var right }
           && (right is ColumnRead column ? columns[column.Column].AtMostNow : right is Read { Kind: ReadKind.Feature } read && FeatureTable.Of(read.Name).AtMostNow);

    private Interval OfRead(Read read)
    {
        switch (read.Kind)
        {
            case ReadKind.Feature:
                FeatureRow range = FeatureTable.Of(read.Name);
                return new(range.Low, range.High);
            case ReadKind.Tunable:
                // Only the sign: a tunable may be set outside its range, and a run that checks signs still holds.
                TunableModel tunable = model.Tunables.First(item => Names.Camel(item.Name) == Names.Camel(read.Name));
                return new(tunable.Minimum >= 0 ? 0 : double.NegativeInfinity, tunable.Maximum <= 0 ? 0 : double.PositiveInfinity);
            default:
                return Interval.Any;
        }
    }

    private Interval OfBinary(Binary binary)
    {
        if (binary.Type == IrType.Bool)
        {
            return new(0, 1);
        }

        if (IsAge(binary))
        {
            return new(0, FeatureTable.Of("now").High);
        }

        Interval left = Of(binary.Left);
        Interval right = Of(binary.Right);
        return binary.Op switch
        {
            BinaryOp.Add => new(left.Low + right.Low, left.High + right.High),
            BinaryOp.Subtract => new(left.Low - right.High, left.High - right.Low),
            BinaryOp.Multiply => Corners(left, right, (a, b) => a == 0 || b == 0 ? 0 : a * b),
            BinaryOp.Divide when right.Low >= 0 => Corners(left, right, (a, b) => a == 0 ? 0 : a / Math.Abs(b)),
            _ => Interval.Any,
        };
    }

    private Interval OfCall(Call call)
    {
        Interval first = Of(call.First);
        Interval second = call.Second is null ? Interval.Any : Of(call.Second);
        switch (call.Function)
        {
            case MathFunction.Min:
                return new(Math.Min(first.Low, second.Low), Math.Min(first.High, second.High));
            case MathFunction.Max:
                return new(Math.Max(first.Low, second.Low), Math.Max(first.High, second.High));
            case MathFunction.Abs:
                return first.NonNegative ? first : new(0, Math.Max(-first.Low, first.High));
            case MathFunction.Sqrt:
                return new(Math.Sqrt(Math.Max(0, first.Low)), Math.Sqrt(Math.Max(0, first.High)));
            case MathFunction.Exp or MathFunction.Exp2:
                return new(0, double.PositiveInfinity);
            case MathFunction.Log or MathFunction.Log2 or MathFunction.Log10:
                return new(first.Low >= 1 ? 0 : double.NegativeInfinity, double.PositiveInfinity);
            case MathFunction.Pow when first.NonNegative:
                return new(0, double.PositiveInfinity);
            case MathFunction.Floor:
                return new(Math.Floor(first.Low), Math.Floor(first.High));
            case MathFunction.Ceiling:
                return new(Math.Ceiling(first.Low), Math.Ceiling(first.High));
            case MathFunction.Clamp:
                return new(second.Low, Of(call.Third!).High);
            case MathFunction.Sign:
                return new(-1, 1);
            default:
                return Interval.Any;
        }
    }

    private static Interval Negate(Interval interval) => new(-interval.High, -interval.Low);

    private static Interval Join(Interval left, Interval right) => new(Math.Min(left.Low, right.Low), Math.Max(left.High, right.High));

    private static Interval Corners(Interval left, Interval right, Func<double, double, double> combine)
    {
        double[] corners = [combine(left.Low, right.Low), combine(left.Low, right.High), combine(left.High, right.Low), combine(left.High, right.High)];
        return new(corners.Min(), corners.Max());
    }
}
