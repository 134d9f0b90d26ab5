using System;
using System.Linq;
using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>
/// A bound of the relative error that single precision brings to a score: each input and each operation rounds once, by 2^-24 at most
/// (Higham, Accuracy and Stability of Numerical Algorithms, section 2.2); products add the errors of their factors, sums of numbers of one
/// sign keep the greater one. Null where numbers may cancel, or leave the range of floats.
/// </summary>
internal static class SingleError
{
    private const double Rounding = 1.0 / (1 << 24);

    public static double? Of(ValidPolicy policy)
    {
        if (policy.Model.Features.Count + policy.Model.States.Count > 0 || policy.Model.Terms.Any(term => term.MinMax))
        {
            return null;
        }

        IntervalAnalysis ranges = policy.Ranges.Scoring();
        double[] roundings =
        [
            .. policy.Model.Terms.Select(term => Roundings(ranges, term.Body) + 2 ?? double.NaN),
            .. policy.Model.Scores.Select(score => Roundings(ranges, score.Body) ?? double.NaN),
        ];
        bool sums = policy.Model.Terms.Count < 2 || policy.Model.Terms.All(term => ranges.Of(term.Body).NonNegative && policy.WeightOf(term).NonNegative);
        double most = roundings.Length == 0 ? double.NaN : roundings.Max();
        return !sums || roundings.Any(double.IsNaN) ? null : most * Rounding / (1 - (most * Rounding));
    }

    private static int? Roundings(IntervalAnalysis ranges, Expression expression)
    {
        ValueRange range = ranges.Of(expression);
        if (range.MayBeNaN || !(range.Magnitude <= float.MaxValue))
        {
            return null;
        }

        switch (expression)
        {
            case Read or Constant:
                return 1;
            case Unary { Op: UnaryOp.Negate } unary:
                return Roundings(ranges, unary.Operand);
            case Conversion { Type: IrType.Double } conversion:
                return Roundings(ranges, conversion.Operand);
            case Binary { Op: BinaryOp.Multiply or BinaryOp.Divide, Type: IrType.Double } product:
                return Roundings(ranges, product.Left) + Roundings(ranges, product.Right) + 1;
            case Binary { Op: BinaryOp.Add, Type: IrType.Double } sum when ranges.Of(sum.Left).NonNegative && ranges.Of(sum.Right).NonNegative:
                return Greater(Roundings(ranges, sum.Left), Roundings(ranges, sum.Right)) + 1;
            case Call call when FunctionTable.Of(call).Selects:
                return ExpressionTree.Children(call).Select(operand => Roundings(ranges, operand)).Aggregate(Greater);
            case Call call when FunctionTable.Of(call).Accuracy == Accuracy.Rounded:
                return Roundings(ranges, call.First) + 1;
            default:
                return null;
        }
    }

    private static int? Greater(int? left, int? right) => left is { } a && right is { } b ? Math.Max(a, b) : null;
}
