using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1006 and SQ1012: names the nearest tunable or policy state.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestMemberFix() : PolicyFix(Key, RuleIds.UnknownWeight, RuleIds.UnknownState)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1006_NearestMember";

    /// <summary>Of several names the fault does not say which it means.</summary>
    private static AttributeSyntax? OnlyShadow(FixTarget target, MemberDeclarationSyntax member)
        => target.AttributeOf(member, "ShadowTunerAttribute") is { ArgumentList.Arguments.Count: 1 } tuner ? tuner : null;

    private static bool NamesNothing(FixTarget target, AttributeArgumentSyntax argument)
        => target.Semantics.GetConstantValue(argument.Expression, target.Cancellation).Value is not string name || target.Members("PolicyStateAttribute").All(state => state.Name != name);

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Fact(Facts.Name) is not { } name || target.Around<MemberDeclarationSyntax>() is not { } member)
        {
            return null;
        }

        AttributeArgumentSyntax? argument = (target.Diagnostic.Id, member) switch
        {
            (RuleIds.UnknownWeight, MethodDeclarationSyntax) => target.AttributeOf(member, "TermAttribute")?.Named("Weight"),
            (RuleIds.UnknownWeight, TypeDeclarationSyntax) => (target.AttributeOf(member, "BootstrapTunerAttribute") ?? OnlyShadow(target, member))?.ArgumentList?.Arguments.FirstOrDefault(),
            (RuleIds.UnknownState, MethodDeclarationSyntax) => PolicyUpdates.Attributes.Select(attribute => target.AttributeOf(member, attribute)?.ArgumentList?.Arguments.FirstOrDefault()).FirstOrDefault(argument => argument is not null && NamesNothing(target, argument)),
            _ => null,
        };
        return argument is null
            ? null
            : new("Name '" + name + "'", new Edits().Change(argument.Expression, current => Code.Expression("nameof(" + Code.Identifier(name) + ")", current)));
    }
}
