using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2001: keeps a divisor that is never negative at 1 or more.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GuardDivisionFix() : PolicyFix(Key, RuleIds.DivisionByZero)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2001_GuardDivision";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Fact(Facts.Guard) != Facts.Yes || target.Node is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression } division)
        {
            return null;
        }

        string math = target.Math(division);
        return new("Divide by at least 1", new Edits().Change(division.Right, current => Code.Expression(math + ".Max(" + Code.Bare(current) + ", 1)", current)));
    }
}
