using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>A policy's declaration, or why it is none.</summary>
/// <param name="Model">Null where there is a problem.</param>
/// <param name="Shell">What an invalid policy needs so that the rest compiles; null where the type is not partial.</param>
/// <param name="Problems">All that was found.</param>
internal sealed record BoundPolicy(PolicyModel? Model, PolicyShell? Shell, IReadOnlyList<Problem> Problems);

/// <summary>The names of a policy type.</summary>
/// <param name="Declaration">Declares a part of it, e.g. "partial struct Lru".</param>
internal sealed record PolicyShell(string Namespace, string Name, EquatableArray<string> Containers, string HintName, string Declaration);

/// <summary>Binds one policy type: the one validator, run by the generator and by the analyzer.</summary>
internal sealed class PolicyBinder
{
    private readonly INamedTypeSymbol _policy;
    private readonly TypeDeclarationSyntax _syntax;
    private readonly SemanticModel _semantics;
    private readonly SourceMap? _sources;
    private readonly CancellationToken _cancellation;
    private static readonly string[] s_added = ["Descriptor", "CreateSelector", "FromTunables", "CopyTunables", "CompiledSelector"];

    private readonly List<Problem> _problems = [];

    /// <summary>A formula has an error of C#'s own.</summary>
    private bool _incomplete;

    // Members written by the author; property accessors and the like have no attributes of the language.
    private readonly ISymbol[] _members;

    private PolicyBinder(INamedTypeSymbol policy, TypeDeclarationSyntax syntax, SemanticModel semantics, SourceMap? sources, CancellationToken cancellation)
    {
        _sources = sources;
        _policy = policy;
        _syntax = syntax;
        _semantics = semantics;
        _cancellation = cancellation;
        _members = [.. policy.GetMembers().Where(member => !member.IsImplicitlyDeclared && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol)];
    }

    /// <param name="sources">Filled with where each part of the model stands, where given.</param>
    public static BoundPolicy Bind(INamedTypeSymbol policy, TypeDeclarationSyntax syntax, SemanticModel semantics, SourceMap? sources, CancellationToken cancellation)
        => new PolicyBinder(policy, syntax, semantics, sources, cancellation).Bind();

    private BoundPolicy Bind()
    {
        bool partial = IsPartial();
        if (KindFault() is { } kind)
        {
            Add(Problem.At(RuleIds.NotReadonlyStruct, _policy, _policy.Name, kind));
        }

        AttributeData policy = Attributes.Find(_policy, "EvictionPolicyAttribute")!;
        bool single = policy.Named("Precision", 0) == 1;
        var tunables = Numbers("TunableAttribute", "a tunable", written: true);
        var states = Numbers("PolicyStateAttribute", "a policy state", written: false);
        var custom = Methods("FeatureAttribute");
        CheckNames(tunables.Concat(states).Select(pair => (ISymbol)pair.Property), custom.Select(pair => pair.Method));
        var scope = new FormulaScope(
            _policy, single, custom.Select(pair => Names.Camel(pair.Method.Name)).Distinct(), tunables.Select(pair => pair.Property.Name), states.Select(pair => pair.Property.Name));
        var lowering = new FormulaLowering(scope, _semantics, _sources, _cancellation);

        var terms = Methods("TermAttribute").Select(pair => Term(pair.Method, pair.Attribute, lowering, tunables)).Where(term => term is not null).ToList();
        var scores = Methods("ScoreAttribute").Select(pair => Score(pair.Method, pair.Attribute, lowering)).Where(score => score is not null).OrderBy(score => score!.Order).ToList();
        var features = custom.GroupBy(pair => Names.Camel(pair.Method.Name)).Select(group => CustomFeature(group.Key, [.. group], lowering)).Where(feature => feature is not null).ToList();
        CheckWriters();
        CheckFormulaNames();
        CheckSelector(policy.NamedValue("Selector") as INamedTypeSymbol);
        var evictions = Methods("OnEvictAttribute").Select(pair => Eviction(pair.Method, pair.Attribute, lowering, states)).Where(eviction => eviction is not null).ToList();
        string? selector = policy.NamedType("Selector");
        CheckScores(scores.Select(score => score!).ToList(), Methods("TermAttribute").Count, Methods("ScoreAttribute").Count, selector);

        AttributeData? admission = Attributes.Find(_policy, "AdmissionAttribute");
        AttributeData? bootstrap = Attributes.Find(_policy, "BootstrapTunerAttribute");
        string? bootstrapTunable = bootstrap?.Argument(0) as string;
        var tunableModels = tunables.Select(pair => Tunable(pair.Property, pair.Attribute)).ToList();
        if (bootstrap is { ConstructorArguments.Length: > 0 } && bootstrapTunable is null)
        {
            Add(Unknown(RuleIds.UnknownWeight, _policy, "", tunableModels.Select(tunable => tunable.Name)));
        }
        else if (bootstrapTunable is not null && tunableModels.All(tunable => tunable.Name != bootstrapTunable))
        {
            Add(Unknown(RuleIds.UnknownWeight, _policy, bootstrapTunable, tunableModels.Select(tunable => tunable.Name)));
        }

        var shell = new PolicyShell(
            _policy.ContainingNamespace.IsGlobalNamespace ? "" : _policy.ContainingNamespace.ToDisplayString(), _policy.Name, new(Containers()), HintName(), (_policy.IsRecord ? "partial record struct " : "partial struct ") + FullName(_policy));
        if (_problems.Count > 0 || _incomplete)
        {
            return new(null, partial && !IsFileLocal() && !_policy.IsRefLikeType ? shell : null, _problems);
        }

        return new(
            new PolicyModel
            {
                Namespace = shell.Namespace,
                Name = shell.Name,
                Containers = shell.Containers,
                HintName = shell.HintName,
                Summary = Summary(),
                SinglePrecision = single,
                Gpu = policy.Named("Gpu", 0) == 1,
                Candidates = policy.Named("Candidates", 0) == 1 ? "AtMostOneChild" : "Leaves",
                Touch = policy.Named("Touch", 0) == 1 ? "Path" : "Deepest",
                Checkpoints = (int)(Attributes.Number(admission?.Argument(0)) ?? 3),
                Every = admission?.Named("Every", 0) ?? 0,
                Align = admission?.Named("Align", 1) ?? 1,
                Selector = selector,
                BootstrapTunable = bootstrapTunable,
                BootstrapMultiplier = bootstrap?.Named("Multiplier", 5) ?? 5,
                Terms = new(terms.Select(term => term!)),
                Scores = new(scores.Select(score => score!)),
                Tunables = new(tunableModels),
                States = new(states.Select(pair => Noted(new StateModel(pair.Property.Name), pair.Property))),
                Features = new(features.Select(feature => feature!)),
                Evictions = new(evictions.Select(eviction => eviction!)),
            },
            shell,
            _problems);
    }

    private void Add(Problem problem) => _problems.Add(problem);

    private List<(IMethodSymbol Method, AttributeData Attribute)> Methods(string attribute)
        => [.. _members.Select(member => (method: (member as IMethodSymbol)!, data: Attributes.Find(member, attribute)!)).Where(pair => pair.method is not null && pair.data is not null)];

    private List<(IPropertySymbol Property, AttributeData Attribute)> Properties(string attribute)
        => [.. _members.Select(member => (property: (member as IPropertySymbol)!, data: Attributes.Find(member, attribute)!)).Where(pair => pair.property is not null && pair.data is not null)];

    /// <summary>Properties that a formula reads: doubles, each with a name of its own.</summary>
    private List<(IPropertySymbol Property, AttributeData Attribute)> Numbers(string attribute, string what, bool written)
    {
        var numbers = new List<(IPropertySymbol Property, AttributeData Attribute)>();
        foreach ((IPropertySymbol property, AttributeData data) in Properties(attribute))
        {
            string? fault = property.IsStatic || property.IsIndexer || property.GetMethod is null || property.Type.SpecialType != SpecialType.System_Double ? what + " is an instance property of type double"
                : property.IsRequired ? what + " must not be required: policies are made without it"
                : written && property.SetMethod is null ? what + " has an init accessor, through which it is set"
                : null;
            if (fault is not null)
            {
                Add(Problem.At(RuleIds.MethodShape, property, property.Name, fault));
            }

            if (!property.IsIndexer && numbers.All(pair => Names.Camel(pair.Property.Name) != Names.Camel(property.Name)))
            {
                numbers.Add((property, data));
            }
        }

        return numbers;
    }

    /// <summary>Formulas read by name, so no two inputs share one.</summary>
    private void CheckNames(IEnumerable<ISymbol> properties, IEnumerable<IMethodSymbol> features)
    {
        var taken = new HashSet<string>(FeatureTable.Names) { "victimScore" };
        foreach (ISymbol member in features.GroupBy(method => method.Name).Select(group => (ISymbol)group.First()).Concat(properties))
        {
            if (!taken.Add(Names.Camel(member.Name)))
            {
                Add(Problem.At(RuleIds.MethodShape, member, member.Name, "formulas read it as '" + Names.Camel(member.Name) + "', a name that is taken"));
            }
        }
    }

    /// <summary>The compiled formulas bear their methods' names; the members that are added have theirs.</summary>
    private void CheckFormulaNames()
    {
        // A build sees what was generated too.
        foreach (ISymbol member in s_added.SelectMany(name => _policy.GetMembers(name)).Where(member => member.Locations[0].SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == false))
        {
            Add(Problem.At(RuleIds.MethodShape, member, member.Name, "the policy compiler adds a member of this name"));
        }

        foreach (var formulas in Methods("TermAttribute").Concat(Methods("ScoreAttribute")).Select(pair => pair.Method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).GroupBy(method => method.Name))
        {
            foreach (IMethodSymbol method in formulas.Skip(1))
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "another term or score has its name"));
            }
        }
    }

    private void CheckSelector(INamedTypeSymbol? selector)
    {
        if (selector is not null && (selector.TypeKind != TypeKind.Class || selector.IsAbstract || selector.IsUnboundGenericType
            || !selector.AllInterfaces.Any(type => type is { Name: "IVictimSelector", ContainingNamespace.Name: "Squelch" })
            || !selector.InstanceConstructors.Any(IsSelectorConstructor)))
        {
            Add(Problem.At(RuleIds.MethodShape, _policy, _policy.Name, "its selector '" + selector.Name + "' must be a class that implements IVictimSelector, with a constructor (NodeTable nodes, ulong seed)"));
        }
    }

    private static bool IsSelectorConstructor(IMethodSymbol constructor)
        => constructor is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal, Parameters: [{ Type.Name: "NodeTable" }, { Type.SpecialType: SpecialType.System_UInt64 }] };

    /// <summary>One method writes a policy state.</summary>
    private void CheckWriters()
    {
        foreach (var writers in Methods("OnEvictAttribute").GroupBy(pair => pair.Attribute.Argument(0) as string))
        {
            foreach ((IMethodSymbol method, _) in writers.Skip(1))
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "another method gives '" + writers.Key + "' its new value already"));
            }
        }

        // Without a word, the second method of a feature would never be called.
        foreach (IMethodSymbol method in Methods("OnInsertAttribute").Concat(Methods("OnHitAttribute")).Select(pair => pair.Method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            if (Attributes.Find(method, "FeatureAttribute") is null)
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "[OnInsert] and [OnHit] say when a [Feature] is computed, which it is not"));
            }
        }
    }

    private string? KindFault()
        => _policy.IsRecord ? "a readonly struct, not a record"
            : _policy.IsRefLikeType ? "a readonly struct, not a ref struct"
            : _policy.IsGenericType ? "a readonly struct without type parameters"
            : IsFileLocal() ? "a readonly struct that other files can see"
            : !_policy.IsReadOnly ? "a readonly struct"
            : null;

    private bool IsFileLocal()
    {
        INamedTypeSymbol? type = _policy;
        while (type is { IsFileLocal: false })
        {
            type = type.ContainingType;
        }

        return type is not null;
    }

    private static string FullName(INamedTypeSymbol type)
        => (SyntaxFacts.GetKeywordKind(type.Name) == SyntaxKind.None ? "" : "@") + type.Name + (type.TypeParameters.Length == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name)) + ">");

    private bool IsPartial()
    {
        for (SyntaxNode? node = _syntax; node is TypeDeclarationSyntax type; node = node.Parent)
        {
            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                Add(Problem.At(RuleIds.NotPartial, _policy, type.Identifier.Text));
                return false;
            }
        }

        return true;
    }

    private Expression? Lower(IMethodSymbol method, FormulaLowering lowering, bool victimScore = false)
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
            return lowering.Lower(method, victimScore);
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
            if (tunables.All(pair => pair.Property.Name != name))
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

        return Lower(method, lowering) is { } body
            ? Noted(new TermModel(method.Name, Source(method), body, attribute.Named("Normalize", 0) == 1, weight), method)
            : null;
    }

    private ScoreModel? Score(IMethodSymbol method, AttributeData attribute, FormulaLowering lowering)
        => Lower(method, lowering) is { } body ? Noted(new ScoreModel(method.Name, Source(method), body, attribute.Named("Order", 0)), method) : null;

    /// <summary>One method for both updates, or two of the same name: one for [OnInsert], one for [OnHit].</summary>
    private CustomFeatureModel? CustomFeature(string name, List<(IMethodSymbol Method, AttributeData Attribute)> methods, FormulaLowering lowering)
    {
        Expression? insert = null;
        Expression? hit = null;
        foreach ((IMethodSymbol method, _) in methods)
        {
            if (Lower(method, lowering) is not { } body)
            {
                return null;
            }

            bool onInsert = Attributes.Find(method, "OnInsertAttribute") is not null;
            bool onHit = Attributes.Find(method, "OnHitAttribute") is not null;
            if ((onInsert && insert is not null) || (onHit && hit is not null))
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "another method of this name gives the feature at the same event"));
            }

            insert = onInsert ? body : insert;
            hit = onHit ? body : hit;
        }

        string[] units = ["None", "Ticks", "Count", "Tokens", "Bytes", "Flops"];
        double unit = Attributes.Number(methods[0].Attribute.Argument(0)) ?? 0;
        return Noted(new CustomFeatureModel(name, units.ElementAtOrDefault((int)unit) ?? "None", string.Join(" | ", methods.Select(pair => Source(pair.Method)).Distinct()), insert, hit), methods[0].Method);
    }

    private EvictionModel? Eviction(IMethodSymbol method, AttributeData attribute, FormulaLowering lowering, List<(IPropertySymbol Property, AttributeData Attribute)> states)
    {
        string state = attribute.Argument(0) as string ?? "";
        if (states.All(pair => pair.Property.Name != state))
        {
            Add(Unknown(RuleIds.UnknownState, method, state, states.Select(pair => pair.Property.Name)));
            return null;
        }

        return Lower(method, lowering, victimScore: true) is { } body ? Noted(new EvictionModel(state, method.Name, Source(method), body), method) : null;
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

    private void CheckScores(List<ScoreModel> scores, int terms, int declared, string? selector)
    {
        if (terms == 0 && declared == 0 && selector is null)
        {
            Add(Problem.At(RuleIds.NoScore, _policy, _policy.Name));
        }
        else if (terms > 0 && declared > 0)
        {
            Add(Problem.At(RuleIds.ScoreAndTerm, _policy, _policy.Name));
        }
        else if (scores.Count == declared && scores.Where((score, i) => score.Order != i).Any())
        {
            Add(Problem.At(RuleIds.ScoreOrder, _policy, _policy.Name, string.Join(", ", scores.Select(score => score.Order))));
        }
    }

    private T Noted<T>(T model, ISymbol member)
        where T : notnull
    {
        _sources?.Add(model, member);
        return model;
    }

    /// <summary>A name that should be one of the known, with what its member is instead, or the one that is probably meant.</summary>
    private Problem Unknown(string id, ISymbol at, string name, IEnumerable<string> known)
    {
        string? nearest = NearestName.Find(name, known);
        string? other = _policy.GetMembers(name).FirstOrDefault() switch
        {
            IPropertySymbol property => "it is a property of type " + property.Type.ToDisplayString(),
            IFieldSymbol field => "it is a field of type " + field.Type.ToDisplayString(),
            IMethodSymbol => "it is a method",
            _ => null,
        };
        string remedy = nearest is null ? "declare it first" : "did you mean '" + nearest + "'?";
        return Problem.At(id, at, name, other is null ? remedy : other + "; " + remedy).With(Facts.Name, nearest);
    }

    private string Source(IMethodSymbol method)
        => method.DeclaringSyntaxReferences[0].GetSyntax(_cancellation) is MethodDeclarationSyntax syntax ? FormulaText.Of(syntax) : "";

    private IEnumerable<string> Containers()
    {
        var containers = new Stack<string>();
        for (INamedTypeSymbol? type = _policy.ContainingType; type is not null; type = type.ContainingType)
        {
            string kind = type.IsRecord ? (type.IsValueType ? "record struct" : "record") : type.TypeKind switch { TypeKind.Struct => "struct", TypeKind.Interface => "interface", _ => "class" };
            containers.Push("partial " + kind + " " + FullName(type));
        }

        return containers;
    }

    private string HintName()
    {
        string name = _policy.Name;
        for (INamedTypeSymbol? type = _policy.ContainingType; type is not null; type = type.ContainingType)
        {
            name = type.Name + "+" + name;
        }

        // Names of files ignore case, names of types do not.
        IEnumerable<string> siblings = _policy.ContainingType?.GetTypeMembers().Select(type => type.Name) ?? _policy.ContainingNamespace.GetTypeMembers().Select(type => type.Name);
        if (siblings.Any(sibling => sibling != _policy.Name && string.Equals(sibling, _policy.Name, StringComparison.OrdinalIgnoreCase)))
        {
            name += "-" + string.Concat(_policy.Name.Select(letter => char.IsUpper(letter) ? 'u' : 'l'));
        }

        return _policy.ContainingNamespace.IsGlobalNamespace ? name : _policy.ContainingNamespace.ToDisplayString() + "." + name;
    }

    private string Summary()
    {
        // From the trivia: the symbol's documentation costs more than the rest of the binding.
        string xml = _syntax.GetLeadingTrivia().ToFullString().Replace("///", "");
        int from = xml.IndexOf("<summary>", StringComparison.Ordinal);
        int to = xml.IndexOf("</summary>", StringComparison.Ordinal);
        return from < 0 || to < from
            ? ""
            : string.Join(" ", xml.Substring(from + 9, to - from - 9).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
                .Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }
}
