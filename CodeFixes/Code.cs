using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Squelch.CodeFixes;

/// <summary>Syntax from text.</summary>
internal static class Code
{
    /// <summary>An expression in the place of another, with its comments.</summary>
    public static ExpressionSyntax Expression(string text, SyntaxNode old)
        => SyntaxFactory.ParseExpression(text).WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);

    /// <summary>An expression's text as an argument: parentheses around it say nothing there.</summary>
    public static string Bare(ExpressionSyntax expression)
        => expression is ParenthesizedExpressionSyntax parenthesized ? Bare(parenthesized.Expression) : expression.ToString();

    /// <summary>An expression's text as an operand of a cast, a sign or a multiplication.</summary>
    public static string Operand(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or LiteralExpressionSyntax or CastExpressionSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax => expression.ToString(),
        _ => "(" + expression + ")",
    };

    public static SyntaxToken Identifier(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? SyntaxFactory.Identifier(name) : SyntaxFactory.VerbatimIdentifier(default, name, name, default);
}
