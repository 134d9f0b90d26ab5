using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ6001 and SQ6002: what keeps a plan from being a good one.</summary>
internal sealed class PlanRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        PolicyPlan plan = policy.Plan;
        if (plan is { Shape: PlanShape.FullScan, Obstacle: { Remedy: { } remedy } obstacle })
        {
            yield return Problem.At(RuleIds.FullScan, policy.Type, policy.Type.Name, $"{obstacle.Why}; {remedy}");
        }

        for (int second = 0; second < plan.SelectionColumns; second++)
        {
            for (int first = 0; first < plan.SelectionColumns; first++)
            {
                if (first != second && Follows(plan.Columns[second], plan.Columns[first]))
                {
                    yield return Problem.At(RuleIds.RedundantColumn, policy.Type, policy.Type.Name, plan.Columns[second].Name, plan.Columns[first].Name);
                    break;
                }
            }
        }
    }

    /// <summary>True where the column can be computed from the other alone.</summary>
    private static bool Follows(PlannedColumn column, PlannedColumn from)
        => column.Source is not Read
           && !ExpressionTree.Reads(ExpressionTree.Replace(column.Source, part => part.Equals(from.Source) ? new Constant(part.Type, 0, 0) : null)).Any();
}
