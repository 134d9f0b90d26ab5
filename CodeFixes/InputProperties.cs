using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.CodeFixes;

/// <summary>Finds where a formula reads a tunable or policy state as a property.</summary>
internal static class InputProperties
{
    /// <summary>The reads, with the parameter name that stands for the property.</summary>
    public static IEnumerable<(string Name, ExpressionSyntax Place)> In(MethodDeclarationSyntax method, FixTarget target)
        => from name in method.DescendantNodes().OfType<IdentifierNameSyntax>()
           where !name.Ancestors().OfType<AttributeSyntax>().Any() && !IsInNameof(name)
           let info = target.Semantics.GetSymbolInfo(name, target.Cancellation)
           let property = (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IPropertySymbol
           where property is { IsStatic: false } && IsInput(property)
           let place = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } member && member.Name == name ? member : (ExpressionSyntax)name
           select (Names.Camel(property.Name), place);

    public static bool IsInput(IPropertySymbol property)
        => Attributes.Find(property, "TunableAttribute") is not null || Attributes.Find(property, "PolicyStateAttribute") is not null;

    private static bool IsInNameof(SyntaxNode node)
        => node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });
}
