using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <content>Its members: terms, scores, features, evictions and tunables.</content>
internal sealed partial class PolicyBinder
{
    private Expression? Lower(IMethodSymbol method, FormulaLowering lowering, FormulaMoment moment = FormulaMoment.Any)
    {
        if (!method.IsStatic || method.IsGenericMethod)
        {
            Add(Problem.At(RuleIds.MethodShape, method, method.Name, method.IsStatic ? "it must not be generic" : "it must be static"));
            return null;
        }

        if (FormulaTypes.Of(method.ReturnType) is not { } type || type == IrType.Bool || method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            Add(Problem.At(RuleIds.MethodShape, method, method.Name, "it must return double, float, long or int"));
            return null;
        }

        try
        {
            return lowering.Lower(method, moment);
        }
        catch (FormulaException exception)
        {
            _incomplete |= exception.Problem is null;
            if (exception.Problem is { } problem)
            {
                Add(problem);
            }

            return null;
        }
    }

    private TermModel? Term(IMethodSymbol method, AttributeData attribute, FormulaLowering lowering, List<(IPropertySymbol Property, AttributeData Attribute)> tunables)
    {
        var weight = new WeightModel(null, 1);
        object? given = attribute.NamedValue("Weight");
        if (given is string name)
        {
            weight = new WeightModel(name, 0);
            if (double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double constant))
            {
                Add(Problem.At(RuleIds.UnknownWeight, method, name, "a text is the name of a tunable, as in Weight = nameof(Alpha): write the number without quotes, as in Weight = " + constant.ToString("R", CultureInfo.InvariantCulture)));
            }
            else if (tunables.All(pair => pair.Property.Name != name))
            {
                Add(Unknown(RuleIds.UnknownWeight, method, name, tunables.Select(pair => pair.Property.Name)));
            }
        }
        else if (Attributes.Number(given) is { } number && attribute.NamedArguments.First(argument => argument.Key == "Weight").Value.Kind != TypedConstantKind.Enum)
        {
            weight = new WeightModel(null, number);
            if (double.IsNaN(number) || double.IsInfinity(number))
            {
                Add(Problem.At(RuleIds.UnknownWeight, method, number.ToString(CultureInfo.InvariantCulture), "give a finite number, or nameof a tunable"));
            }
        }
        else if (attribute.NamedArguments.Any(argument => argument.Key == "Weight" && !argument.Value.IsNull && argument.Value.Kind != TypedConstantKind.Error))
        {
            Add(Problem.At(RuleIds.UnknownWeight, method, given?.ToString() ?? "an array", "give a number, or nameof a tunable"));
        }

        return Lower(method, lowering, FormulaMoment.Scoring) is { } body
            ? Noted(new TermModel(method.Name, Source(method), body, attribute.IsScaled(), weight), method)
            : null;
    }

    private ScoreModel? Score(IMethodSymbol method, AttributeData attribute, FormulaLowering lowering)
        => Lower(method, lowering, FormulaMoment.Scoring) is { } body ? Noted(new ScoreModel(method.Name, Source(method), body, attribute.Named("Order", 0)), method) : null;

    /// <summary>One method for both updates, or two of the same name: one for [OnInsert], one for [OnHit].</summary>
    private CustomFeatureModel? CustomFeature(string name, List<(IMethodSymbol Method, AttributeData Attribute)> methods, FormulaLowering lowering)
    {
        Expression? insert = null;
        Expression? hit = null;
        foreach ((IMethodSymbol method, _) in methods)
        {
            bool onInsert = Attributes.Find(method, "OnInsertAttribute") is not null;
            bool onHit = Attributes.Find(method, "OnHitAttribute") is not null;
            if (Lower(method, lowering, onInsert && !onHit ? FormulaMoment.Insertion : FormulaMoment.Any) is not { } body)
            {
                return null;
            }

            if ((onInsert && insert is not null) || (onHit && hit is not null))
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "another method of this name gives the feature at the same event"));
            }

            insert = onInsert ? body : insert;
            hit = onHit ? body : hit;
        }

        string unit = methods[0].Attribute.Member(0) ?? "None";
        return Noted(new CustomFeatureModel(name, unit, string.Join(" | ", methods.Select(pair => Source(pair.Method)).Distinct()), insert, hit), methods[0].Method);
    }

    /// <summary>The reuse table that the policy declares, or null.</summary>
    private ReuseTableModel? ReuseTable(FormulaLowering lowering)
    {
        List<(IMethodSymbol Method, AttributeData Attribute)> tables = Methods("ReuseTableAttribute");
        if (tables.Count == 0)
        {
            return null;
        }

        (IMethodSymbol method, AttributeData attribute) = tables[0];
        _incomplete |= attribute.Argument(0) is null;
        int classes = (int)(Attributes.Number(attribute.Argument(0)) ?? 1);
        Expression? body = Lower(method, lowering);
        string? fault = classes is < 1 or > MostClasses ? $"a reuse table has 1 to {MostClasses} classes, not {classes}"
            : body is not null && !ExpressionTree.TimeFree(body) ? "a class is what the node was when it last changed, so it reads neither now nor draw nor a policy state"
            : null;
        if (fault is not null)
        {
            Add(Problem.At(RuleIds.MethodShape, method, method.Name, fault));
        }

        foreach ((IMethodSymbol other, _) in tables.Skip(1))
        {
            Add(Problem.At(RuleIds.MethodShape, other, other.Name, "'" + method.Name + "' gives the class of the policy's reuse table already, and a policy has one"));
        }

        return body is null ? null : Noted(new ReuseTableModel(method.Name, Source(method), classes, body), method);
    }

    private TunableModel Tunable(IPropertySymbol property, AttributeData attribute)
    {
        _incomplete |= attribute.Argument(0) is null || attribute.Argument(1) is null;
        double minimum = Attributes.Number(attribute.Argument(0)) ?? 0;
        double maximum = Attributes.Number(attribute.Argument(1)) ?? 1;
        double? step = attribute.NamedNumber("Step");
        double value = attribute.NamedNumber("Default") ?? Math.Max(minimum, Math.Min(maximum, 0));
        string? fault = !(minimum < maximum) ? "is empty: give a least value below the greatest"
            : double.IsInfinity(minimum) || double.IsInfinity(maximum) ? "is not finite: give two finite limits"
            : step is not null && !(step > 0 && step <= maximum - minimum) ? "does not fit its step: give one above 0 and no larger than the range, or none"
            : !(minimum <= value && value <= maximum) ? "does not hold its default: give one within it"
            : null;
        if (fault is not null)
        {
            Add(Problem.At(RuleIds.EmptyRange, property, property.Name, fault));
        }

        return Noted(new TunableModel(property.Name, minimum, maximum, step ?? 0, value), property);
    }

    private string Source(IMethodSymbol method)
        => method.DeclaringSyntaxReferences[0].GetSyntax(_cancellation) is MethodDeclarationSyntax syntax ? FormulaText.Of(syntax) : "";
}
