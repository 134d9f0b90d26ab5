using System.Text.RegularExpressions;

namespace Squelch.Documentation.Tests;

/// <summary>
/// What the pages show is what the programs do. A block without a language is an output, and the comment above it says of what:
/// <c>&lt;!-- output: squelch policies --&gt;</c>, or <c>&lt;!-- output: dotnet build of Naive.cs --&gt;</c> for the C# above it. SQUELCH_WRITE_PAGES=1 writes the
/// outputs anew.
/// </summary>
public partial class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All];

    public static TheoryData<string> PagesWithOutputs => [.. Page.All.Where(path => Page.Read(path).Blocks.Any(block => block.Kind == "output"))];

    public static TheoryData<string> PagesWithCode => [.. Page.All.Where(path => Page.Read(path).Blocks.Any(block => block.Language == "csharp"))];

    public static TheoryData<string> PagesWithCommands => [.. Page.All.Where(path => Page.Read(path).Blocks.SelectMany(SquelchRun.Commands).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryBlockNamesItsLanguageOrItsCommand(string path)
        => Assert.All(Page.Read(path).Blocks, block => Assert.True(
            block.Language.Length > 0 != (block.Kind == "output"),
            $"{path}({block.Start}): write a language after the fence (text, where it is no code), or above it what prints the block: <!-- output: squelch policies -->"));

    [Theory]
    [MemberData(nameof(PagesWithOutputs))]
    public async Task EveryOutputIsWhatIsPrinted(string path)
    {
        Page page = Page.Read(path);
        List<string> lines = [.. page.Lines];
        foreach (Block block in page.Blocks.Where(block => block.Kind == "output").Reverse())
        {
            lines.RemoveRange(block.Start, block.Lines.Length);
            lines.InsertRange(block.Start, ShownOutput.Renewed(block.Lines, await PrintAsync(page, block)));
        }

        WrittenPage.Keep(path, lines);
    }

    /// <summary>Code that a page shows builds without a warning, or with those that the page shows below it.</summary>
    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public async Task EveryCodeBuilds(string path)
    {
        Page page = Page.Read(path);
        Block[] faulty = [.. page.Blocks.Where(block => Built().IsMatch(block.Remark)).Select(block => CodeAbove(page, block))];
        foreach (Block block in page.Blocks.Where(block => block.Language == "csharp").Except(faulty))
        {
            string[] reported = await Snippet.BuildAsync(block.Text, block.Kind == "given" ? block.Remark : "", path, block.Start + 1);
            Assert.True(reported.Length == 0, string.Join('\n', reported));
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void EveryCommandIsUnderstood(string path)
        => Assert.All(Page.Read(path).Blocks.SelectMany(SquelchRun.Commands), command => Assert.Empty(SquelchRun.Errors(command)));

    private static async Task<string> PrintAsync(Page page, Block block)
        => Built().Match(block.Remark) is { Success: true } built
            ? string.Join('\n', await Snippet.BuildAsync(CodeAbove(page, block).Text, given: "", built.Groups["file"].Value))
            : await SquelchRun.PrintAsync(block.Remark);

    private static Block CodeAbove(Page page, Block block) => page.Blocks.Last(other => other.Start < block.Start && other.Language == "csharp");

    [GeneratedRegex(@"^dotnet build of (?<file>\w+\.cs)$")]
    private static partial Regex Built();
}
