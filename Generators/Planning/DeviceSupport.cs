using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Which formulas have a kernel: those of operations that every device rounds as .NET does.</summary>
internal static class DeviceSupport
{
    /// <summary>Null where the policy has a kernel, else why it has none, as the end of a sentence.</summary>
    public static string? Obstacle(PolicyPlan plan)
    {
        if (plan.Shape == PlanShape.Custom)
        {
            return "its selector is written by hand";
        }

        if (plan.Reuse is not null)
        {
            return "its reuse table changes with each hit and eviction, and only the processor keeps it";
        }

        if (!plan.Ordered && plan.Terms.FirstOrDefault(term => term.Normalized && IsInexact(term.Body)) is { } scaled)
        {
            return $"{scaled.Name} is scaled over the candidates and devices round {Inexact(scaled.Body)} differently, so its extremes are not known there";
        }

        return Formulas(plan).SelectMany(ExpressionTree.All).Select(ObstacleOf).FirstOrDefault(obstacle => obstacle is not null);
    }

    /// <summary>True where a score is known between bounds only, so that the CPU has to rank.</summary>
    public static bool IsBounded(PolicyPlan plan) => !plan.Ordered && Scores(plan).Any(IsInexact);

    /// <summary>True where a device may give other bits than .NET.</summary>
    public static bool IsInexact(Expression expression) => Inexact(expression) is not null;

    /// <summary>What the kernels compute: scaled terms, and scores in their order. Those of an ordered plan are columns.</summary>
    public static IEnumerable<Expression> Formulas(PolicyPlan plan)
        => plan.Ordered ? [] : plan.Terms.Where(term => term.Normalized).Select(term => term.Body).Concat(Scores(plan));

    /// <summary>The scores in their order.</summary>
    public static IEnumerable<Expression> Scores(PolicyPlan plan)
        => plan.Ordered
            ? Enumerable.Range(0, plan.SelectionColumns).Select(index => new ColumnRead(plan.Scalar, index, ColumnSide.Value))
            : new[] { plan.Score! }.Concat(plan.Terms.Skip(plan.Terms.Count - plan.FurtherScores.Count).Select(term => term.Body));

    /// <summary>A number that no score of a block of nodes is below, by the block's bounds; null where there is none.</summary>
    public static Expression? Bound(PolicyPlan plan)
        => plan.Ordered ? new ColumnRead(plan.Scalar, 0, ColumnSide.Low)
            : plan.Shape == PlanShape.PrunedScan && !IsBounded(plan) ? plan.Bound
            : null;

    private static string? Inexact(Expression expression)
        => ExpressionTree.All(expression).OfType<Call>().FirstOrDefault(call => FunctionTable.Of(call).Accuracy == Accuracy.Library)?.Function;

    private static string? ObstacleOf(Expression part) => part switch
    {
        Binary { Op: BinaryOp.Remainder, Type: IrType.Double or IrType.Float } => "devices have no % of floating-point numbers",
        Conversion { Type: IrType.Long or IrType.Int } conversion when IsInexact(conversion.Operand)
            => $"devices round {Inexact(conversion.Operand)} differently, so the integer made of it is not known there",
        _ => null,
    };
}
