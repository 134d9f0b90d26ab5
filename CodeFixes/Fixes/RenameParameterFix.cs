using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1005: gives a parameter the nearest name that there is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameParameterFix() : PolicyFix(Key, RuleIds.UnknownParameter)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1005_RenameParameter";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Fact(Facts.Name) is not { } name || target.Around<ParameterSyntax>() is not { } parameter || target.Method is not { } method
            || target.Semantics.GetDeclaredSymbol(parameter, target.Cancellation) is not { } symbol || IsTaken(method, name))
        {
            return null;
        }

        SyntaxToken identifier = Code.Identifier(name);
        var edits = new Edits().Change(parameter, current => current.WithIdentifier(identifier.WithTriviaFrom(current.Identifier)));

        // In documentation too: <param name>, <paramref>.
        foreach (IdentifierNameSyntax use in method.DescendantNodes(descendIntoTrivia: true).OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(target.Semantics.GetSymbolInfo(use, target.Cancellation).Symbol, symbol))
            {
                edits.Change(use, current => current.WithIdentifier(identifier.WithTriviaFrom(current.Identifier)));
            }
        }

        return new("Rename '" + symbol.Name + "' to '" + name + "'", edits);
    }

    private static bool IsTaken(MethodDeclarationSyntax method, string name)
        => method.DescendantTokens().Any(token => token.ValueText == name && token.Parent is ParameterSyntax or VariableDeclaratorSyntax);
}
