using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ5001, SQ5002 and SQ5003: units that do not fit.</summary>
internal sealed class UnitRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        var units = new UnitAnalysis(policy.Model);
        var shifted = new HashSet<Expression>(ExpressionTree.ByReference);
        foreach ((_, Expression body, _) in policy.Formulas)
        {
            units.Of(body);
            shifted.UnionWith(Shifted(body));
        }

        // A method that is called twice is one place.
        return units.Conflicts
            .Where(conflict => conflict.Argument < 0 || !shifted.Contains(conflict.Operation))
            .Select(conflict => Report(policy, conflict))
            .Where(problem => problem is not null)
            .Select(problem => problem!)
            .GroupBy(problem => (problem.Id, problem.Location))
            .Select(group => group.First())
            .Concat(Terms(policy));
    }

    /// <summary>
    /// Logarithms that are nothing but added up: another unit of their argument adds the same number to every score, which changes no order.
    /// </summary>
    private static IEnumerable<Expression> Shifted(Expression body) => body switch
    {
        Call { Function: "Log" or "Log2" or "Log10" } => [body],
        Unary { Op: UnaryOp.Negate } unary => Shifted(unary.Operand),
        Conversion conversion => Shifted(conversion.Operand),
        Binary { Op: BinaryOp.Add or BinaryOp.Subtract } sum => Shifted(sum.Left).Concat(Shifted(sum.Right)),
        Binary { Op: BinaryOp.Multiply } product when ExpressionTree.RowFree(product.Left) => Shifted(product.Right),
        Binary { Op: BinaryOp.Multiply or BinaryOp.Divide } product when ExpressionTree.RowFree(product.Right) => Shifted(product.Left),
        _ => [],
    };

    private static Problem? Report(ValidPolicy policy, UnitConflict conflict)
    {
        if (policy.Sources.SyntaxOf(conflict.Operation) is not { } syntax)
        {
            return null;
        }

        string text = FormulaText.Of(syntax);
        return conflict.Argument >= 0
            ? Problem.At(RuleIds.UnitInFunction, syntax, text, conflict.Left.ToString()).With(Facts.Argument, conflict.Argument == 0 ? "0" : "1")
            : Problem.At(RuleIds.MixedUnits, syntax, text, Verb(conflict.Operation), conflict.Left.ToString(), conflict.Right.ToString());
    }

    private static string Verb(Expression operation) => operation switch
    {
        Binary { Op: BinaryOp.Add } => "adds",
        Binary { Op: BinaryOp.Subtract } => "subtracts",
        Binary { Op: BinaryOp.Remainder } => "divides with remainder",
        Choice => "chooses between",
        _ => "compares",
    };

    /// <summary>The first two terms that do not fit; a normalised term is a bare number.</summary>
    private static IEnumerable<Problem> Terms(ValidPolicy policy)
    {
        var units = new UnitAnalysis(policy.Model);
        var terms = policy.Model.Terms.Select(term => (Term: term, Unit: term.MinMax ? Dimension.Bare : units.Of(term.Body))).ToList();
        for (int later = 1; later < terms.Count; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                if (terms[later].Unit.Contradicts(terms[earlier].Unit))
                {
                    TermModel named = terms[later].Term;
                    string involved = string.Join(",", terms.Where(term => !term.Term.MinMax && term.Unit.Known).Select(term => term.Term.Name));
                    return
                    [
                        Problem.At(RuleIds.MixedTerms, policy.Sources.MemberOf(named), named.Name, terms[later].Unit.ToString(), terms[earlier].Term.Name, terms[earlier].Unit.ToString())
                            .With(Facts.Terms, involved),
                    ];
                }
            }
        }

        return [];
    }
}
