using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Which formulas have a kernel: those of operations that every device rounds as .NET does.</summary>
internal static class DeviceSupport
{
    /// <summary>Null where the policy has a kernel, else why it has none, as the end of a sentence.</summary>
    public static string? Obstacle(PolicyPlan plan)
        => plan.Shape == PlanShape.Custom
            ? "its selector is written by hand"
            : Formulas(plan).SelectMany(ExpressionTree.All).Select(ObstacleOf).FirstOrDefault(obstacle => obstacle is not null);

    /// <summary>What the kernels compute: scaled terms, and scores in their order. Those of an ordered plan are columns.</summary>
    public static IEnumerable<Expression> Formulas(PolicyPlan plan)
        => plan.Ordered ? [] : plan.Terms.Where(term => term.Normalized).Select(term => term.Body).Concat(Scores(plan));

    /// <summary>The scores in their order.</summary>
    public static IEnumerable<Expression> Scores(PolicyPlan plan)
        => plan.Ordered
            ? Enumerable.Range(0, plan.SelectionColumns).Select(index => new ColumnRead(plan.Scalar, index, ColumnSide.Value))
            : new[] { plan.Score! }.Concat(plan.Terms.Skip(plan.Terms.Count - plan.FurtherScores.Count).Select(term => term.Body));

    private static string? ObstacleOf(Expression part) => part switch
    {
        Call { Function: MathFunction.Exp or MathFunction.Exp2 or MathFunction.Log or MathFunction.Log2 or MathFunction.Log10 or MathFunction.Pow } call
            => $"devices round {call.Function} differently, and victims must be the same",
        Binary { Op: BinaryOp.Remainder, Type: IrType.Double or IrType.Float } => "devices have no % of floating-point numbers",
        _ => null,
    };
}
