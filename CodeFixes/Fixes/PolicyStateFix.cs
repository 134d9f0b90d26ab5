using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ3003: turns a static number that formulas read into a policy state: one per cache instead of one per process.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PolicyStateFix() : PolicyFix(Key, RuleIds.State)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ3003_PolicyState";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Semantics.GetSymbolInfo(target.Node, target.Cancellation).Symbol is not IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false, Type.SpecialType: SpecialType.System_Double or SpecialType.System_Single } field
            || target.Policy is not { } policy || !SymbolEqualityComparer.Default.Equals(field.ContainingType, policy)
            || target.Declaration(field) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax declaration } } declarator
            || !StartsAtZero(declarator, target))
        {
            return null;
        }

        string property = Names.Pascal(Stem(field.Name));
        string parameter = Names.Camel(property);
        if (property.Length == 0 || policy.GetMembers(property).Any(member => !SymbolEqualityComparer.Default.Equals(member, field)) || FeatureTable.Has(parameter) || target.Members("FeatureAttribute").Any(feature => Names.Camel(feature.Name) == parameter))
        {
            return null;
        }

        var edits = new Edits().Change(declaration, current => Property(current, property));
        IEnumerable<ExpressionSyntax> reads = target.Type!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(target.Semantics.GetSymbolInfo(name, target.Cancellation).Symbol, field))
            .Select(name => name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : (ExpressionSyntax)name);
        return reads.GroupBy(read => read.FirstAncestorOrSelf<MethodDeclarationSyntax>()).All(places => places.Key is not null && edits.Read(target, places.Key, parameter, [.. places]))
            ? new("Keep it as the policy state '" + property + "'", edits)
            : null;
    }

    // What writes the field, the author has to turn into [OnEvict].
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    /// <summary>s_credit, _credit: Credit.</summary>
    private static string Stem(string field) => (field.StartsWith("s_", System.StringComparison.Ordinal) ? field.Substring(2) : field).TrimStart('_');

    private static bool StartsAtZero(VariableDeclaratorSyntax declarator, FixTarget target)
        => declarator.Initializer is not { Value: var value } || target.Semantics.GetConstantValue(value, target.Cancellation) is { HasValue: true, Value: 0 or 0L or 0f or 0d };

    private static MemberDeclarationSyntax Property(FieldDeclarationSyntax field, string name)
    {
        string modifiers = string.Concat(field.Modifiers.Where(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Select(modifier => modifier.Text + " "));
        return SyntaxFactory.ParseMemberDeclaration("[global::Squelch.PolicyState] " + modifiers + "double " + name + " { get; init; }")!
            .WithTriviaFrom(field).WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }
}
