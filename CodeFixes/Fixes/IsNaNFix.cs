using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2011: asks for NaN where a formula compares with it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IsNaNFix() : PolicyFix(Key, RuleIds.NaNComparison)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2011_IsNaN";

    // What less or greater than NaN should mean only its author knows.
    private protected override Fix? Find(FixTarget target)
    {
        if (target.Node is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison)
        {
            return null;
        }

        bool nanFirst = IsNaN(target, comparison.Left);
        string type = target.TypeOf(nanFirst ? comparison.Left : comparison.Right)?.SpecialType == SpecialType.System_Single ? "float" : "double";
        string not = comparison.IsKind(SyntaxKind.NotEqualsExpression) ? "!" : "";
        return new(
            $"Ask {type}.IsNaN",
            new Edits().Change<ExpressionSyntax>(comparison, current => Code.Expression($"{not}{type}.IsNaN({Value((BinaryExpressionSyntax)current)})", current)));

        ExpressionSyntax Value(BinaryExpressionSyntax current) => (nanFirst ? current.Right : current.Left).WithoutTrivia();
    }

    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static bool IsNaN(FixTarget target, ExpressionSyntax side)
        => target.Semantics.GetConstantValue(side, target.Cancellation) is { HasValue: true, Value: double.NaN or float.NaN };
}
