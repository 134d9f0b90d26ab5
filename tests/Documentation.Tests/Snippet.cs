using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.Documentation.Tests;

/// <summary>A block of C# as a file of a reader's project. Statements that are given something stand in a method that is given it; all else stands as it stands.</summary>
internal sealed class Snippet
{
    public static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <param name="block">The block; what it is given are parameters, as C# declares them.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="line">The number of the block's first line in that file.</param>
    public Snippet(Block block, string file, int line = 1)
    {
        SyntaxList<MemberDeclarationSyntax> members = CSharpSyntaxTree.ParseText(block.Text, Options).GetCompilationUnitRoot().Members;
        HasStatements = members.OfType<GlobalStatementSyntax>().Any();
        IsProgram = HasStatements && block.Kind != "given";
        Types = [.. members.OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text)];
        string placed = $"#line {line}\n{block.Text}\n";
        string text = HasStatements && !IsProgram ? $"static class Page {{ static void Show({block.Remark}) {{\n{placed}}} }}" : placed;
        Tree = CSharpSyntaxTree.ParseText(text, Options, file);
    }

    /// <summary>The C# blocks of a page that declare types and have no faults to show: what its later code can use.</summary>
    public static IReadOnlyList<Snippet> Before(Page page, Block block)
        => [.. page.Blocks.Where(other => other.Start < block.Start && other.Language == "csharp" && other.Kind == "" && !page.IsFaulty(other))
            .Select(other => new Snippet(other, page.Path, other.Start + 1)).Where(snippet => !snippet.HasStatements)];

    public bool HasStatements { get; }

    /// <summary>True for what a reader can run as it stands.</summary>
    public bool IsProgram { get; }

    /// <summary>The names of the types that it declares.</summary>
    public IReadOnlyList<string> Types { get; }

    public SyntaxTree Tree { get; }

    public bool Prints => IsProgram && Tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.Expression.ToString() is "Console" or "Console.Out" or "Console.Error");
}
