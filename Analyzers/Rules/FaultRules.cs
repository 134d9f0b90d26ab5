using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2001 and SQ2002: division by zero, NaN and infinity, each with the inputs at which it happens.</summary>
internal sealed class FaultRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
        => CounterExamples.Of(policy.Model, policy.Ranges)
            .Select(example => Report(policy, example))
            .GroupBy(problem => (problem.Id, problem.Location))
            .Select(group => group.First());

    private static Problem Report(ValidPolicy policy, CounterExample example)
    {
        (object owner, _, bool scoring) = policy.Formulas.FirstOrDefault(formula => ReferenceEquals(formula.Body, example.Body));
        if (owner is null)
        {
            return Problem.At(RuleIds.NotFinite, policy.Type, "the sum of the terms", example.Fault.Kind == FaultKind.NaN ? "not a number" : "infinite", Example.Text(ExpressionTree.Reads(example.Body), example.At));
        }

        IMethodSymbol method = MethodOf(policy, owner, example.Body);
        Expression operation = example.Fault.Operation;
        SyntaxNode? syntax = example.Fault.Kind == FaultKind.InfiniteTerm ? null : policy.Sources.SyntaxOf(operation);
        string text = syntax is null ? method.Name : FormulaText.Of(syntax);
        Location location = syntax?.GetLocation() ?? method.Locations[0];
        string at = Example.Text(method, example.At);
        if (example.Fault.Kind == FaultKind.ZeroDivisor)
        {
            IntervalAnalysis intervals = scoring ? policy.Ranges.Scoring() : policy.Ranges.Updating();
            bool guardable = operation is Binary { Right: var divisor } && intervals.Of(divisor).NonNegative;
            return new Problem(RuleIds.DivisionByZero, location, [text, at]).With(Facts.Guard, guardable ? Facts.Yes : null).With(method, example.At);
        }

        string what = example.Fault.Kind switch
        {
            FaultKind.NaN => "not a number",
            FaultKind.CrossedLimits => "undefined, because its limits cross,",
            FaultKind.InfiniteTerm => "infinite, which normalised is not a number,",
            _ => "infinite",
        };
        return Remedy(new Problem(RuleIds.NotFinite, location, [text, what, at]), example.Fault).With(method, example.At);
    }

    /// <summary>An update of a custom feature may be one of two methods.</summary>
    private static IMethodSymbol MethodOf(ValidPolicy policy, object owner, Expression body)
    {
        var method = (IMethodSymbol)policy.Sources.MemberOf(owner);
        return owner is CustomFeatureModel feature && !ReferenceEquals(feature.Insert, body) && !ReferenceEquals(feature.Insert, feature.Hit)
            ? method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(other => Attributes.Find(other, "OnHitAttribute") is not null) ?? method
            : method;
    }

    /// <summary>How the operation can be clamped: its argument before a function, its result otherwise.</summary>
    private static Problem Remedy(Problem problem, Fault fault)
    {
        if (fault.Operation is not Call call)
        {
            return fault.Kind == FaultKind.Overflow ? problem.With(Facts.ClampsResult, Facts.Yes) : problem;
        }

        bool overflows = fault.Kind == FaultKind.Overflow;
        (string? least, string? most) = FunctionTable.Of(call).Domain(overflows, call.Type == IrType.Float, Steps.Of(call.First) is not null);
        return least is not null || most is not null ? problem.With(Facts.Argument, "0").With(Facts.Least, least).With(Facts.Most, most)
            : overflows ? problem.With(Facts.ClampsResult, Facts.Yes)
            : problem;
    }
}
