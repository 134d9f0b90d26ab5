using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1002: makes the policy a readonly struct.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeReadonlyFix() : PolicyFix(Key, RuleIds.NotReadonlyStruct)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1002_MakeReadonlyStruct";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Type is not { } type || type is not (StructDeclarationSyntax or RecordDeclarationSyntax { RawKind: (int)SyntaxKind.RecordStructDeclaration, ParameterList: null }))
        {
            return null;
        }

        var edits = new Edits();
        foreach (MemberDeclarationSyntax member in type.Members.Where(member => !member.Modifiers.Any(SyntaxKind.StaticKeyword) && !member.Modifiers.Any(SyntaxKind.ConstKeyword)))
        {
            switch (member)
            {
                case PropertyDeclarationSyntax { AccessorList: { } accessors }:
                    foreach (AccessorDeclarationSyntax setter in accessors.Accessors.Where(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)))
                    {
                        edits.Change(setter, Init);
                    }

                    break;
                case FieldDeclarationSyntax:
                    edits.Change(member, current => current.With(SyntaxKind.ReadOnlyKeyword));
                    break;
            }
        }

        return new("Make it a readonly struct", edits.Change(type, current => Struct(current).With(SyntaxKind.ReadOnlyKeyword)));
    }

    // A method of the policy that writes to it is the author's to rewrite.
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static AccessorDeclarationSyntax Init(AccessorDeclarationSyntax setter)
        => SyntaxFactory.AccessorDeclaration(
            SyntaxKind.InitAccessorDeclaration, setter.AttributeLists, setter.Modifiers, SyntaxFactory.Token(SyntaxKind.InitKeyword).WithTriviaFrom(setter.Keyword), setter.Body, setter.ExpressionBody, setter.SemicolonToken);

    private static TypeDeclarationSyntax Struct(TypeDeclarationSyntax type)
        => type is RecordDeclarationSyntax record
            ? SyntaxFactory.StructDeclaration(
                record.AttributeLists, record.Modifiers, record.ClassOrStructKeyword.WithLeadingTrivia(record.Keyword.LeadingTrivia), record.Identifier, record.TypeParameterList, null,
                record.ConstraintClauses, record.OpenBraceToken, record.Members, record.CloseBraceToken, record.SemicolonToken)
            : type;
}
