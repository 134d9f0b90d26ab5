using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ3001: writes a call with the functions of the language, where that gives the same number but for the rounding of its last bit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EquivalentCallFix() : PolicyFix(Key, RuleIds.UnknownCall)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ3001_Equivalent";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Node is not InvocationExpressionSyntax call
            || target.Semantics.GetSymbolInfo(call, target.Cancellation).Symbol is not IMethodSymbol { IsStatic: true, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } method
            || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null)
            || Equivalents.Of(method, target, [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)]) is not { } text)
        {
            return null;
        }

        return new("Write it with what the language has", new Edits().Change(call, current =>
        {
            // The arguments as they are now: they may hold calls that are written anew too.
            string equivalent = Equivalents.Fill(text, [.. current.ArgumentList.Arguments.Select(argument => argument.Expression)]);
            return Code.Expression(equivalent, current);
        }));
    }

    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);
}
