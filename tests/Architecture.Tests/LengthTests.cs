using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.Architecture.Tests;

public sealed class LengthTests
{
    private const int MostFileLines = 400;
    private const int MostMethodLines = 60;

    [Fact]
    public void NoFileIsTooLongToSee()
        => Faults.None(
            from project in ProductProject.All
            from source in project.Sources
            let lines = source.GetText().Lines.Count - 1
            where lines > MostFileLines
            select $"{source.FilePath}: {lines} lines, the most are {MostFileLines}");

    /// <summary>Tables are initializers, not methods, so they may be as long as they are.</summary>
    [Fact]
    public void NoMethodIsTooLongToSee()
        => Faults.None(
            from project in ProductProject.All
            from source in project.Sources
            from node in source.GetRoot().DescendantNodes()
            where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            let span = source.GetLineSpan(node.Span)
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > MostMethodLines
            select $"{source.FilePath}({span.StartLinePosition.Line + 1}): {lines} lines, the most are {MostMethodLines}");
}
