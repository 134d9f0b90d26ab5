using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2009, SQ2010 and SQ2011: an input that is the same for all candidates, a summand that is rounded away, a comparison with NaN.</summary>
internal sealed class InputRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        foreach ((object owner, Expression body, bool scoring) in policy.Formulas)
        {
            IntervalAnalysis ranges = scoring ? policy.Ranges.Scoring() : policy.Ranges.Updating();
            string method = policy.Sources.MemberOf(owner).Name;
            foreach (Read read in ranges.Of(body).IsPoint ? [] : ExpressionTree.Reads(body).Where(read => read.Kind == ReadKind.Feature && ranges.Of(read).IsPoint))
            {
                yield return Problem.At(RuleIds.ConstantInput, policy.Sources.MemberOf(owner), read.Name, Example.Readable(ranges.Of(read).Low), method, WhyConstant(read.Name));
            }

            foreach (Binary binary in ExpressionTree.All(body).OfType<Binary>())
            {
                if (policy.Sources.SyntaxOf(binary) is not { } syntax)
                {
                    continue;
                }

                if (ComparesWithNaN(binary))
                {
                    yield return Problem.At(RuleIds.NaNComparison, syntax, FormulaText.Of(syntax), binary.Op == BinaryOp.NotEqual ? "true" : "false");
                }
                else if (RoundedAway(ranges, binary) is { } lost && policy.Sources.SyntaxOf(lost.Kept) is { } kept && policy.Sources.SyntaxOf(lost.Lost) is { } gone)
                {
                    yield return Problem.At(RuleIds.RoundedAway, syntax, FormulaText.Of(kept), FormulaText.Of(gone), lost.Apart.ToString("G6", CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private static string WhyConstant(string feature)
        => FeatureTable.Of(feature).Source == FeatureSource.Children ? "candidates are Candidates.Leaves; leave it out, or take Candidates.AtMostOneChild"
            : "the policy keeps Checkpoints.None; leave it out, or admit checkpoints";

    private static bool ComparesWithNaN(Binary binary)
        => binary.Op is BinaryOp.Less or BinaryOp.LessOrEqual or BinaryOp.Greater or BinaryOp.GreaterOrEqual or BinaryOp.Equal or BinaryOp.NotEqual
            && (IsNaN(binary.Left) || IsNaN(binary.Right));

    private static bool IsNaN(Expression expression) => expression is Constant { Type: IrType.Double or IrType.Float, Number: double.NaN };

    /// <summary>
    /// A sum of which one side moves in steps so large that numbers of that size are further apart than the other side can be: what that says is lost as soon
    /// as the first is not 0.
    /// </summary>
    private static (Expression Kept, Expression Lost, double Apart)? RoundedAway(IntervalAnalysis ranges, Binary sum)
    {
        if (sum.Op is not (BinaryOp.Add or BinaryOp.Subtract) || sum.Type is not (IrType.Double or IrType.Float))
        {
            return null;
        }

        double digits = sum.Type == IrType.Float ? 1 << 24 : 9007199254740992;
        foreach ((Expression kept, Expression lost) in ((Expression, Expression)[])[(sum.Left, sum.Right), (sum.Right, sum.Left)])
        {
            // The kept side moves by multiples of its factor; numbers as large as that are so far apart.
            double apart = Factor(kept) / digits;
            if (apart > 1 && ExpressionTree.Reads(lost).Any(read => read.Kind is ReadKind.Feature or ReadKind.CustomFeature)
                && StepOf(lost) < apart && !ranges.Of(lost).IsPoint)
            {
                return (kept, lost, apart);
            }
        }

        return null;
    }

    /// <summary>The least difference that counts: of whole numbers their step, of times a tick, of FLOPs and bare fractions none.</summary>
    private static double StepOf(Expression expression)
        => Steps.Of(expression)
            ?? (ExpressionTree.Reads(expression).All(read => read.Kind == ReadKind.Feature && FeatureTable.Of(read.Name).Unit == "Ticks") ? 1 : double.PositiveInfinity);

    /// <summary>The constant that a feature is multiplied with; 0 where there is none.</summary>
    private static double Factor(Expression expression) => expression switch
    {
        Unary { Op: UnaryOp.Negate } unary => Factor(unary.Operand),
        Conversion conversion => Factor(conversion.Operand),
        Binary { Op: BinaryOp.Multiply, Left: Constant constant } product when ExpressionTree.Reads(product.Right).Any() => Math.Abs(constant.Number),
        Binary { Op: BinaryOp.Multiply, Right: Constant constant } product when ExpressionTree.Reads(product.Left).Any() => Math.Abs(constant.Number),
        _ => 0,
    };
}
