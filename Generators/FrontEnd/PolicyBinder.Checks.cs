using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <content>What members say about each other.</content>
internal sealed partial class PolicyBinder
{
    private void CheckMembers(AttributeData policy, ScoreModel[] scores)
    {
        CheckWriters();
        CheckFormulaNames();
        CheckDeclaration(policy);
        CheckScores(scores, Methods("TermAttribute").Count, Methods("ScoreAttribute").Count, policy.NamedType("Selector"));
    }

    /// <summary>Formulas read by name, so no two inputs share one.</summary>
    private void CheckNames(IEnumerable<ISymbol> properties, IEnumerable<IMethodSymbol> features)
    {
        var taken = new HashSet<string>(Methods("CheckpointAttribute").Count == 0 ? FeatureTable.Names : FeatureTable.Names.Concat(PlaceTable.Names)) { "victimScore" };
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
        foreach (ISymbol member in s_added.SelectMany(name => _policy.GetMembers(name)).Where(member => !IsGenerated(member)))
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

    private bool HasInitializer(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_cancellation)).Any(syntax => syntax is PropertyDeclarationSyntax { Initializer: not null });

    /// <summary>A build sees what was generated too.</summary>
    private static bool IsGenerated(ISymbol member) => member.Locations[0].SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false;

    private void CheckDeclaration(AttributeData policy)
    {
        int trim = policy.Named("Trim", 0);
        if (trim < 0)
        {
            Add(Problem.At(RuleIds.MethodShape, _policy, _policy.Name, $"has Trim = {trim}: a leaf gives up at least 1 token at a time, or all of them (0)"));
        }

        CheckSelector(policy.NamedValue("Selector") as INamedTypeSymbol);
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

    private void CheckScores(ScoreModel[] scores, int terms, int declared, string? selector)
    {
        if (terms == 0 && declared == 0 && selector is null)
        {
            Add(Problem.At(RuleIds.NoScore, _policy, _policy.Name));
        }
        else if (terms > 0 && declared > 0)
        {
            Add(Problem.At(RuleIds.ScoreAndTerm, _policy, _policy.Name));
        }
        else if (scores.Length == declared && scores.Where((score, i) => score.Order != i).Any())
        {
            Add(Problem.At(RuleIds.ScoreOrder, _policy, _policy.Name, string.Join(", ", scores.Select(score => score.Order))));
        }
    }

    /// <summary>What a shadow tuner is to find; both tuners are checked.</summary>
    private string[] ShadowTunables(AttributeData? tuner, TunableModel[] tunables)
    {
        AttributeData? shadowTuner = Attributes.Find(_policy, "ShadowTunerAttribute");
        string[] shadowed = shadowTuner?.Strings(0) ?? [];
        if (tuner is { ConstructorArguments.Length: > 0 })
        {
            CheckTuned([tuner.Argument(0) as string ?? ""], tunables);
        }

        if (shadowTuner is { ConstructorArguments.Length: > 0 })
        {
            CheckTuned(shadowed.Length > 0 ? shadowed : [""], tunables);
        }

        if (tuner is not null && shadowTuner is not null)
        {
            Add(Problem.At(RuleIds.MethodShape, _policy, "ShadowTuner", "there is a [BootstrapTuner] already, and a policy has one tuner: keep one"));
        }

        return shadowed;
    }

    /// <summary>What a tuner is to find is a tunable with values to try.</summary>
    private void CheckTuned(string[] names, TunableModel[] tunables)
    {
        foreach (string name in names)
        {
            if (tunables.All(tunable => tunable.Name != name))
            {
                Add(Unknown(RuleIds.UnknownWeight, _policy, name, tunables.Select(tunable => tunable.Name)));
            }
            else if (tunables.First(tunable => tunable.Name == name).Step == 0)
            {
                Add(Problem.At(RuleIds.EmptyRange, _policy.GetMembers(name)[0], name, "has no values for the tuner to try: give it a Step"));
            }
        }
    }
}
