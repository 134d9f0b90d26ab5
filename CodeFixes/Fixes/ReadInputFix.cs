using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>
/// SQ3003 and SQ3001: a clock becomes the parameter <c>now</c>, a random number <c>draw</c>, a tunable or policy state that is read as a property the
/// parameter of its name (CS0120: the compiler stops such a read in a static method before a rule sees it).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReadInputFix() : PolicyFix(Key, RuleIds.State, RuleIds.UnknownCall, "CS0120")
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ3003_ReadInput";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Method is not { } method || (Property(target, method) ?? Impure(target, method)) is not ({ } name, { } place))
        {
            return null;
        }

        var edits = new Edits();
        return edits.Read(target, method, name, [place]) ? new("Read it as the parameter '" + name + "'", edits) : null;
    }

    // Where other methods call this one, they would have to give the parameter.
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static (string Name, ExpressionSyntax Place)? Property(FixTarget target, MethodDeclarationSyntax method)
        => InputProperties.In(method, target).Where(read => read.Place.Span.Contains(target.Diagnostic.Location.SourceSpan) || target.Diagnostic.Location.SourceSpan.Contains(read.Place.Span)).Select(read => ((string, ExpressionSyntax)?)read).FirstOrDefault();

    private static (string Name, ExpressionSyntax Place)? Impure(FixTarget target, MethodDeclarationSyntax method)
    {
        // The fault may stand at a part of the read: DateTime.Now of DateTime.Now.Ticks.
        foreach (ExpressionSyntax place in target.Node.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax).Cast<ExpressionSyntax>())
        {
            switch (target.Semantics.GetSymbolInfo(place, target.Cancellation).Symbol)
            {
                case IPropertySymbol { Name: "TickCount" or "TickCount64", ContainingType.Name: "Environment" }:
                case IMethodSymbol { Name: "GetTimestamp", ContainingType.Name: "Stopwatch" } when place is InvocationExpressionSyntax:
                case IPropertySymbol { Name: "Ticks", ContainingType.Name: "DateTime" or "DateTimeOffset" } when place is MemberAccessExpressionSyntax { Expression: var instant } && IsClock(target, instant):
                    return ("now", place);
                case IMethodSymbol { Name: "NextDouble", ContainingType.Name: "Random" } when place is InvocationExpressionSyntax && IsScored(target, method):
                    return ("draw", place);
            }
        }

        return null;
    }

    private static bool IsClock(FixTarget target, ExpressionSyntax instant)
        => target.Semantics.GetSymbolInfo(instant, target.Cancellation).Symbol is IPropertySymbol { Name: "Now" or "UtcNow", ContainingType.Name: "DateTime" or "DateTimeOffset" };

    // A draw is made per selection; an event has none.
    private static bool IsScored(FixTarget target, MethodDeclarationSyntax method)
        => target.Semantics.GetDeclaredSymbol(method, target.Cancellation) is { } symbol
           && (Attributes.Find(symbol, "ScoreAttribute") is not null || Attributes.Find(symbol, "TermAttribute") is not null);
}
