using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1008: makes a formula static; tunables and policy states that it reads become parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddStaticFix() : PolicyFix(Key, RuleIds.MethodShape)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1008_AddStatic";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Method is not { TypeParameterList: null } method || method.Identifier.Span != target.Diagnostic.Location.SourceSpan || method.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            return null;
        }

        var edits = new Edits().Change(method, current => current.Without(SyntaxKind.ReadOnlyKeyword).With(SyntaxKind.StaticKeyword));
        return InputProperties.In(method, target).GroupBy(read => read.Name).All(reads => edits.Read(target, method, reads.Key, [.. reads.Select(read => read.Place)]))
            ? new("Make it static", edits)
            : null;
    }

    // Other instance members may be read, and other methods may call this one through an instance.
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);
}
