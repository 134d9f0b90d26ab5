using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2005: removes a term that tells no candidate from another.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveTermFix() : PolicyFix(Key, RuleIds.ConstantTerm)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2005_RemoveTerm";

    // A policy without a term scores nothing.
    private protected override Fix? Find(FixTarget target)
        => target.Method is { } term && target.Members("TermAttribute").Count(member => target.Declaration(member) is not { } declaration || !target.Planned.Removes(declaration)) > 1
            ? new("Remove the term '" + term.Identifier.ValueText + "'", new Edits().Remove(term))
            : null;

    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => References.AllGo(target, edits);
}
