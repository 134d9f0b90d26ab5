using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2006: the score falls as hits or last access grow.</summary>
internal sealed class TrendRule : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        if (Attributes.Find(policy.Type, "EvictionPolicyAttribute")?.NamedValue("EvictsUsed") is true || IsNamedSo(policy.Type.Name))
        {
            yield break;
        }

        PolicyModel model = policy.Model;
        foreach ((string feature, string used) in ((string, string)[])[("hits", "often"), ("lastAccess", "recently")])
        {
            foreach (ScoreModel score in model.Scores)
            {
                if (InFeature(policy, feature, score.Body) == Direction.Down)
                {
                    yield return Problem.At(RuleIds.EvictsThePopular, policy.Sources.MemberOf(score), score.Name, feature, used);
                }
            }

            var directions = model.Terms.Select(term => Weighted(InFeature(policy, feature, term.Body), policy.WeightOf(term))).ToList();
            if (directions.Contains(Direction.Down) && directions.All(direction => direction is Direction.Down or Direction.Constant))
            {
                ISymbol term = policy.Sources.MemberOf(model.Terms[directions.IndexOf(Direction.Down)]);
                yield return Problem.At(RuleIds.EvictsThePopular, term, term.Name, feature, used);
            }
        }
    }

    /// <summary>The names under which the literature evicts what was used.</summary>
    private static bool IsNamedSo(string name)
        => name.IndexOf("Mru", StringComparison.OrdinalIgnoreCase) >= 0 || name.StartsWith("Most", StringComparison.Ordinal) || name.IndexOf("Mfu", StringComparison.OrdinalIgnoreCase) >= 0;

    private static Direction InFeature(ValidPolicy policy, string feature, Expression body)
        => ExpressionTree.ReadsFeature(body, feature)
            ? Monotonicity.InInput(policy.Ranges.Scoring(), ReadKind.Feature, feature, body)
            : Direction.Constant;

    private static Direction Weighted(Direction direction, ValueRange weight)
        => direction is Direction.Constant or Direction.Unknown ? direction
            : weight.NonNegative ? direction
            : weight.NonPositive ? (direction == Direction.Up ? Direction.Down : Direction.Up)
            : Direction.Unknown;
}
