using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes;

/// <summary>Gives formulas more to read.</summary>
internal static class FormulaParameters
{
    private static readonly string[] s_formulas = ["ScoreAttribute", "TermAttribute", "FeatureAttribute", .. PolicyUpdates.Attributes];

    /// <summary>The policy compiler calls the method, so that its parameters are the author's to choose.</summary>
    public static bool IsFormula(IMethodSymbol method) => s_formulas.Any(attribute => Attributes.Find(method, attribute) is not null);

    /// <summary>The method with the policy's number as a parameter of this name, and places in its body that read it; false where the name means something else there.</summary>
    public static bool Read(this Edits edits, FixTarget target, MethodDeclarationSyntax method, string name, IReadOnlyCollection<ExpressionSyntax> places)
    {
        if (target.Semantics.GetDeclaredSymbol(method, target.Cancellation) is not { } symbol || !IsFormula(symbol) || IsDeclaredIn(method, name) || places.Any(IsWritten))
        {
            return false;
        }

        SyntaxToken identifier = Code.Identifier(name);
        edits.Change(method.ParameterList, list => list.Parameters.Any(parameter => parameter.Identifier.ValueText == name)
            ? list
            : list.AddParameters(SyntaxFactory.Parameter(identifier).WithType(SyntaxFactory.ParseTypeName(target.Number + " "))).WithAdditionalAnnotations(Formatter.Annotation));
        foreach (ExpressionSyntax place in places)
        {
            edits.Change(place, current => SyntaxFactory.IdentifierName(identifier).WithTriviaFrom(current));
        }

        return true;
    }

    // The parameter would take the write, and nobody would see it.
    private static bool IsWritten(ExpressionSyntax place) => place.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == place,
        PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => place.Parent.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    private static bool IsDeclaredIn(MethodDeclarationSyntax method, string name)
        => method.DescendantNodes().Any(node => node is VariableDeclaratorSyntax { Identifier.ValueText: var local } && local == name);
}
