using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>
/// An engine must not fail in the middle of an eviction: a division of integers whose divisor may be zero gives 0, and a Clamp whose limits may
/// cross gives the upper one. What is proven stays as it is.
/// </summary>
internal static class ThrowGuard
{
    public static PolicyModel Apply(PolicyModel model)
    {
        IEnumerable<Expression> bodies = model.Checkpoint is { } place ? model.Bodies.Concat([place.Body]) : model.Bodies;
        if (!bodies.SelectMany(ExpressionTree.All).Any(CanThrow))
        {
            return model;
        }

        var ranges = new LegalRanges(model);
        Expression Guarded(Expression body, bool scoring)
        {
            IntervalAnalysis intervals = scoring ? ranges.Scoring() : ranges.Updating();
            return Rewrite(body, intervals);
        }

        return model with
        {
            Terms = new(model.Terms.Select(term => term with { Body = Guarded(term.Body, true) })),
            Scores = new(model.Scores.Select(score => score with { Body = Guarded(score.Body, true) })),
            Checkpoint = model.Checkpoint is { } checkpoint ? checkpoint with { Body = Guarded(checkpoint.Body, true) } : null,
            Updates = new(model.Updates.Select(update => update with { Body = Guarded(update.Body, update.OnlyEvicts) })),
            ReuseTable = model.ReuseTable is null ? null : model.ReuseTable with { Class = Guarded(model.ReuseTable.Class, false) },
            Features = new(model.Features.Select(feature => feature with
            {
                Insert = feature.Insert is null ? null : Guarded(feature.Insert, false),
                Hit = feature.Hit is null ? null : Guarded(feature.Hit, false),
            })),
        };
    }

    /// <summary>Each part by itself: plans compute parts ahead of the conditions that they stand under.</summary>
    private static Expression Rewrite(Expression body, IntervalAnalysis intervals)
        => ExpressionTree.Replace(body, part => part switch
        {
            Binary { Op: BinaryOp.Divide or BinaryOp.Remainder } division when CanThrow(division) && intervals.Of(division.Right).Contains(0)
                => Divided(division, Rewrite(division.Left, intervals), Rewrite(division.Right, intervals)),
            Call call when CanThrow(call) && !(intervals.Of(call.Second!).High <= intervals.Of(call.Third!).Low)
                => FunctionTable.Of(call).Total(call with { First = Rewrite(call.First, intervals), Second = Rewrite(call.Second!, intervals), Third = Rewrite(call.Third!, intervals) }),
            _ => null,
        });

    private static Choice Divided(Binary division, Expression left, Expression right)
    {
        var zero = new Constant(division.Type, 0, 0);
        return new(division.Type, new Binary(IrType.Bool, BinaryOp.Equal, right, zero), zero, division with { Left = left, Right = right });
    }

    private static bool CanThrow(Expression part)
        => part is Binary { Op: BinaryOp.Divide or BinaryOp.Remainder, Type: IrType.Long or IrType.Int }
            || (part is Call call && FunctionTable.Of(call).OrdersLimits);
}
