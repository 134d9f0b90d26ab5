using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.Architecture.Tests;

/// <summary>One folder's use of another in the same project.</summary>
/// <param name="From">The folder that uses.</param>
/// <param name="To">The folder that is used.</param>
/// <param name="Example">A place where it does.</param>
internal sealed record Arrow(string From, string To, string Example)
{
    /// <summary>All arrows among a project's folders, one example each.</summary>
    public static IReadOnlyList<Arrow> Of(ProductProject project)
    {
        var found = new Dictionary<(string From, string To), Arrow>();
        foreach (SyntaxTree source in project.Sources)
        {
            SemanticModel model = project.Compilation.GetSemanticModel(source);
            string from = project.FolderOf(source);
            foreach (SimpleNameSyntax name in source.GetRoot().DescendantNodes(descendIntoTrivia: false).OfType<SimpleNameSyntax>())
            {
                foreach (SyntaxTree target in Declarations(model.GetSymbolInfo(name)))
                {
                    string to = project.FolderOf(target);
                    if (to != from && !found.ContainsKey((from, to)))
                    {
                        FileLinePositionSpan line = name.GetLocation().GetLineSpan();
                        found.Add((from, to), new(from, to, $"{Path.GetRelativePath(project.Folder, source.FilePath)}({line.StartLinePosition.Line + 1}) uses {name}"));
                    }
                }
            }
        }

        return [.. found.Values.OrderBy(arrow => arrow.From, StringComparer.Ordinal).ThenBy(arrow => arrow.To, StringComparer.Ordinal)];
    }

    /// <summary>Where the type or member behind a name is declared, if that is in this project. A partial type lies in several files.</summary>
    private static IEnumerable<SyntaxTree> Declarations(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or IRangeVariableSymbol
            ? []
            : symbol.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Where(tree => tree.FilePath.Length > 0).Take(1);
    }
}
