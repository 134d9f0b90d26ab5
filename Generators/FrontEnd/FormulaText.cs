using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.Generators.FrontEnd;

/// <summary>Source on one line, built from its tokens so that comments and layout do not change it.</summary>
internal static class FormulaText
{
    /// <summary>A method's body.</summary>
    public static string Of(MethodDeclarationSyntax method)
        => ((SyntaxNode?)method.ExpressionBody?.Expression ?? method.Body) is { } body ? Of(body) : "";

    public static string Of(SyntaxNode syntax)
    {
        var text = new StringBuilder();
        SyntaxToken previous = default;
        foreach (SyntaxToken token in syntax.DescendantTokens())
        {
            if (text.Length > 0 && NeedsSpace(previous, token))
            {
                text.Append(' ');
            }

            text.Append(token.Text);
            previous = token;
        }

        return text.ToString();
    }

    private static bool NeedsSpace(SyntaxToken left, SyntaxToken right)
    {
        if (left.IsKind(SyntaxKind.OpenParenToken) || left.IsKind(SyntaxKind.DotToken) || left.Parent is PrefixUnaryExpressionSyntax || (left.IsKind(SyntaxKind.CloseParenToken) && left.Parent is CastExpressionSyntax))
        {
            return false;
        }

        return right.Kind() switch
        {
            SyntaxKind.CloseParenToken or SyntaxKind.CommaToken or SyntaxKind.SemicolonToken or SyntaxKind.DotToken => false,
            SyntaxKind.OpenParenToken => right.Parent is not ArgumentListSyntax,
            _ => true,
        };
    }
}
