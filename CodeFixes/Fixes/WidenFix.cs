using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2003: computes with doubles what lost its value in a narrower type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WidenFix() : PolicyFix(Key, RuleIds.PrecisionLoss)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2003_Widen";

    private protected override Fix? Find(FixTarget target) => (target.Fact(Facts.Kind), target.Node) switch
    {
        (Facts.Division, BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } division)
            => new("Divide as double", new Edits().Change(division.Left, current => Code.Expression("(double)" + Code.Operand(current), current))),
        (Facts.Cast, CastExpressionSyntax cast)
            => new("Cast to double", new Edits().Change(cast.Type, current => Double(current))),
        (Facts.Parameter, ParameterSyntax { Type: { } type })
            => new("Take it as " + target.Number, new Edits().Change(type, current => SyntaxFactory.ParseTypeName(target.Number).WithTriviaFrom(current))),
        _ => null,
    };

    // The number may have to be whole where it is used.
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static TypeSyntax Double(TypeSyntax old) => SyntaxFactory.ParseTypeName("double").WithTriviaFrom(old);
}
