using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2004 and SQ2005: scores and normalised terms that are the same for all candidates.</summary>
internal sealed class ConstantRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        PolicyModel model = policy.Model;
        IEnumerable<Problem> scores = model.Scores
            .Select(score => (score, why: Why(policy, score.Body)))
            .Where(pair => pair.why is not null)
            .Select(pair => Problem.At(RuleIds.ConstantScore, policy.Sources.MemberOf(pair.score), pair.score.Name, pair.why!));
        var terms = model.Terms.Select(term => (term, why: Why(policy, term.Body))).ToList();
        if (terms.Count > 0 && terms.All(pair => pair.why is not null))
        {
            return scores.Concat([Problem.At(RuleIds.ConstantScore, policy.Type, policy.Type.Name, terms[0].why!)]);
        }

        return scores.Concat(terms.Where(pair => pair.why is not null && pair.term.MinMax)
            .Select(pair => Problem.At(RuleIds.ConstantTerm, policy.Sources.MemberOf(pair.term), pair.term.Name, pair.why!)));
    }

    private static string? Why(ValidPolicy policy, Expression body)
    {
        if (ExpressionTree.RowFree(body))
        {
            return "reads no feature of a node";
        }

        ValueRange value = policy.Ranges.Scoring().Of(body);
        return value.IsPoint ? $"is always {Example.Readable(value.Low)}" : null;
    }
}
