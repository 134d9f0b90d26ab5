using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1001: makes the policy and the types around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPartialFix() : PolicyFix(Key, RuleIds.NotPartial)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1001_AddPartial";

    private protected override Fix? Find(FixTarget target)
    {
        var edits = new Edits();
        foreach (TypeDeclarationSyntax type in target.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            edits.Change(type, current => current.With(SyntaxKind.PartialKeyword));
        }

        return new("Make it partial", edits);
    }
}
