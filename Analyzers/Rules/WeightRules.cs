using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2007 and SQ2008: a weight without effect, and a term that always decides.</summary>
internal sealed class WeightRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        EquatableArray<TermModel> terms = policy.Model.Terms;
        foreach (TermModel term in terms)
        {
            ValueRange weight = policy.WeightOf(term);
            if (weight is { Low: 0, High: 0 })
            {
                yield return Weight(policy, term, "is 0, so the term has no effect: remove the term");
            }
            else if (terms.Count == 1 && weight.Positive && (term.Weight.Tunable is not null || term.Weight.Constant != 1))
            {
                yield return Weight(policy, term, "has no effect: it scales the only term, which leaves the order as it is");
            }
            else if (term.MinMax && weight is { IsPoint: true, Low: not 0 } && terms.FirstOrDefault(other => other.MinMax && Outweighs(policy.WeightOf(other), weight)) is { } heavier)
            {
                yield return Weight(policy, term, $"leaves it next to nothing: '{heavier.Name}', scaled over the candidates too, weighs {Rounded(policy.WeightOf(heavier).Low / weight.Low)} times as much");
            }
            else if (Dominance(policy, term) is { } dominance)
            {
                yield return term.Weight.Tunable is null && term.Weight.Constant == 1
                    ? Problem.At(RuleIds.OneTermDecides, policy.Sources.MemberOf(term), term.Name, Rounded(dominance.Step), Rounded(dominance.Span))
                        .With(Facts.Terms, string.Join(",", terms.Where(other => !other.MinMax).Select(other => other.Name)))
                    : Weight(
                        policy,
                        term,
                        $"leaves the other terms no say{(term.Weight.Tunable is null ? "" : " at its maximum")}: the term then changes in steps of at least {Rounded(dominance.Step)}, and all others together span about {Rounded(dominance.Span)}");
            }
        }
    }

    /// <summary>Both are 0 to 1 before they are weighted: a difference of a whole range on one side is a millionth of one on the other.</summary>
    private static bool Outweighs(ValueRange heavier, ValueRange lighter) => heavier.IsPoint && Math.Abs(heavier.Low) >= 1e6 * Math.Abs(lighter.Low);

    private static string Rounded(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static Problem Weight(ValidPolicy policy, TermModel term, string what)
        => Problem.At(RuleIds.WeightWithoutEffect, policy.Sources.MemberOf(term), term.Name, what);

    /// <summary>The least change of the term, and what all others can change, where the first is greater for all legal values.</summary>
    private static (double Step, double Span)? Dominance(ValidPolicy policy, TermModel term)
    {
        IntervalAnalysis ranges = policy.Ranges.Scoring();
        if (term.MinMax || Steps.Of(term.Body) is not (> 0 and var step) || ranges.Of(term.Body).IsPoint)
        {
            return null;
        }

        double span = 0;
        foreach (TermModel other in policy.Model.Terms.Where(other => !ReferenceEquals(other, term)))
        {
            double width = ExpressionTree.RowFree(other.Body) ? 0 : other.MinMax ? 1 : ranges.Of(other.Body).Width;
            double most = policy.WeightOf(other).Magnitude;
            span += width == 0 || most == 0 ? 0 : width * most;
        }

        double least = step * policy.WeightOf(term).Magnitude;
        return span > 0 && least > span ? (least, span) : null;
    }
}
