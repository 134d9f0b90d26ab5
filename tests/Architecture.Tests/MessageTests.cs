using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Architecture.Tests;

/// <summary>What the product says is for people who have its packages, and no clone.</summary>
public sealed partial class MessageTests
{
    private const string Repository = "https://github.com/squelch/squelch/blob/main/";

    private static readonly (string Place, string Text)[] s_texts =
    [
        .. from project in ProductProject.All
           from source in project.Sources
           from token in source.GetRoot().DescendantTokens()
           where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
           select ($"{source.FilePath}({source.GetLineSpan(token.Span).StartLinePosition.Line + 1})", token.ValueText),
    ];

    [Fact]
    public void NoMessageNamesAFolderOfTheRepository()
        => Faults.None(
            from text in s_texts
            where Folder().IsMatch(Page().Replace(text.Text, ""))
            select $"{text.Place}: '{text.Text}' names a folder that users of the packages do not have: write {Repository}...");

    [Fact]
    public void EveryPageThatAMessageNamesIsThere()
    {
        string[] pages = [.. s_texts.SelectMany(text => Page().Matches(text.Text)).Select(page => page.Groups["path"].Value).Distinct()];
        Assert.NotEmpty(pages);
        Faults.None(from page in pages where !Path.Exists(Path.Combine(SharedData.Repository, page)) select $"there is no {page}");
    }

    [GeneratedRegex(@"\b(docs|tests|samples|Framework|Caching|Generators|Analyzers|CodeFixes|Lab|Policies|GpuScoring|Native|Tool)/")]
    private static partial Regex Folder();

    [GeneratedRegex(Repository + "(?<path>[A-Za-z0-9/.-]*[A-Za-z0-9/])")]
    private static partial Regex Page();
}
