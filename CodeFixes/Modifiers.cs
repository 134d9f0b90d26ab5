using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.CodeFixes;

/// <summary>Adds a modifier where C# programmers expect it.</summary>
internal static class Modifiers
{
    public static MemberDeclarationSyntax With(this MemberDeclarationSyntax member, SyntaxKind modifier)
    {
        if (member.Modifiers.Any(modifier))
        {
            return member;
        }

        int at = modifier switch
        {
            SyntaxKind.StaticKeyword => member.Modifiers.TakeWhile(token => SyntaxFacts.IsAccessibilityModifier(token.Kind())).Count(),
            SyntaxKind.ReadOnlyKeyword => member.Modifiers.TakeWhile(token => !token.IsKind(SyntaxKind.RefKeyword) && !token.IsKind(SyntaxKind.PartialKeyword)).Count(),
            _ => member.Modifiers.Count,
        };
        SyntaxToken added = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (at == 0)
        {
            SyntaxToken first = member.AttributeLists.Count == 0 ? member.GetFirstToken() : member.AttributeLists.Last().GetLastToken().GetNextToken();
            added = added.WithLeadingTrivia(first.LeadingTrivia);
            member = member.ReplaceToken(first, first.WithLeadingTrivia());
        }

        return member.WithModifiers(member.Modifiers.Insert(at, added));
    }

    public static MemberDeclarationSyntax Without(this MemberDeclarationSyntax member, SyntaxKind modifier)
    {
        int at = member.Modifiers.IndexOf(modifier);
        if (at < 0)
        {
            return member;
        }

        // Its comments go to what follows it.
        SyntaxToken token = member.Modifiers[at];
        SyntaxToken next = token.GetNextToken();
        member = member.ReplaceToken(next, next.WithLeadingTrivia(token.LeadingTrivia));
        return member.WithModifiers(member.Modifiers.RemoveAt(at));
    }
}
