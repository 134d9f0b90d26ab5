using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ5002: divides a quantity by one of its unit, a place for the author to write the right one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DivideByUnitFix() : PolicyFix(Key, RuleIds.UnitInFunction)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ5002_DivideByUnit";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Argument(target.Node, target.Fact(Facts.Argument)) is not { } argument)
        {
            return null;
        }

        string one = target.TypeOf(argument.Expression)?.SpecialType == SpecialType.System_Single ? "1f" : "1.0";
        return new("Divide the argument by one unit", new Edits().Change(argument.Expression, current => Code.Expression(Dividend(current) + " / " + one, current)));
    }

    private static string Dividend(ExpressionSyntax expression)
        => expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } ? expression.ToString() : Code.Operand(expression);
}
