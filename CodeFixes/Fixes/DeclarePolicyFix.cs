using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1014: makes the type of a score a policy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DeclarePolicyFix() : PolicyFix(Key, RuleIds.NoPolicy)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1014_DeclarePolicy";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Type is not StructDeclarationSyntax type)
        {
            return null;
        }

        string name = target.Name(type, "Squelch", "EvictionPolicyAttribute");
        name = name.Substring(0, name.Length - "Attribute".Length);
        return new("Add [EvictionPolicy]", new Edits().Change(type, current => Declared(current, name)));
    }

    /// <summary>With the attribute on a line of its own, once, however many scores ask for it.</summary>
    private static StructDeclarationSyntax Declared(StructDeclarationSyntax type, string name)
    {
        if (type.AttributeLists.Any(list => list.Attributes.Any(attribute => attribute.Name.ToString() == name)))
        {
            return type;
        }

        SyntaxTriviaList leading = type.GetLeadingTrivia();
        SyntaxTrivia[] indent = [.. leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];
        SyntaxTrivia lineEnd = type.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.ParseName(name))))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(lineEnd.IsKind(SyntaxKind.EndOfLineTrivia) ? lineEnd : SyntaxFactory.LineFeed);
        StructDeclarationSyntax bare = type.WithLeadingTrivia(indent);
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }
}
