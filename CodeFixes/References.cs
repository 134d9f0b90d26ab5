using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Squelch.CodeFixes;

/// <summary>Looks for what else names a member that would go.</summary>
internal static class References
{
    /// <summary>Nothing that stays names what the edits remove. What the policy compiler writes is written anew.</summary>
    public static async Task<bool> AllGo(FixTarget target, Edits edits)
    {
        foreach (ISymbol member in target.Policy!.GetMembers().Where(member => target.Declaration(member) is { } declaration && edits.Removes(declaration)))
        {
            foreach (ReferencedSymbol found in await SymbolFinder.FindReferencesAsync(member, target.Document.Project.Solution, target.Cancellation).ConfigureAwait(false))
            {
                if (found.Locations.Any(place => !IsGenerated(place.Document) && !(place.Document.Id == target.Document.Id && edits.Removes(target.Root.FindNode(place.Location.SourceSpan)))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsGenerated(Document document) => document is SourceGeneratedDocument;
}
