namespace Squelch.Documentation.Tests;

/// <summary>
/// What the pages show is what the programs do. A block without a language is an output, and the comment above it says of what:
/// <c>&lt;!-- output: squelch policies --&gt;</c>, or <c>&lt;!-- output: dotnet run of Program.cs --&gt;</c> for the C# above it, <c>dotnet build of Naive.cs</c> for its
/// faults. What the shell commands of a page print, tests/Packages.Tests sees to. SQUELCH_WRITE_PAGES=1 writes the outputs anew.
/// </summary>
[Collection(SnippetRun.OneAtATime)]
public class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All];

    public static TheoryData<string> PagesWithOutputs => [.. Page.All.Where(path => Page.Read(path).Blocks.Any(IsPrintedHere))];

    public static TheoryData<string> PagesWithCode => [.. Page.All.Where(path => Page.Read(path).Blocks.Any(block => block.Language == "csharp"))];

    public static TheoryData<string> PagesWithTests => [.. Page.All.Where(path => Page.Read(path).Blocks.Any(IsTest))];

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
        foreach (Block block in page.Blocks.Where(IsPrintedHere).Reverse())
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
        foreach (Block block in page.Blocks.Where(block => block.Language == "csharp" && !page.IsFaulty(block)))
        {
            var snippet = new Snippet(block, path, block.Start + 1);
            string[] reported = await new SnippetProject(snippet, Snippet.Before(page, block), isWhole: false).BuildAsync();
            Assert.True(reported.Length == 0, string.Join('\n', reported));
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void EveryProgramThatPrintsIsRun(string path)
    {
        Page page = Page.Read(path);
        foreach (Block block in page.Blocks.Where(block => block.Language == "csharp" && new Snippet(block, path).Prints))
        {
            Block? next = page.Blocks.FirstOrDefault(other => other.Start > block.Start);
            Assert.True(
                next?.OutputOf("run") is not null,
                $"{path}({block.Start}): show below this program what it prints, under <!-- output: dotnet run of Program.cs -->; or say above it what it is given: <!-- given: string[] args -->");
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithTests))]
    public void EveryTestPasses(string path)
    {
        Page page = Page.Read(path);
        foreach (Block block in page.Blocks.Where(IsTest))
        {
            var project = new SnippetProject(new Snippet(block, path, block.Start + 1), Snippet.Before(page, block), isWhole: true);
            Assert.True(SnippetRun.Test(project) > 0, $"{path}({block.Start}): none of the tests ran; they are public methods with [Fact] of a public class");
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void EveryCommandIsUnderstood(string path)
        => Assert.All(Page.Read(path).Blocks.SelectMany(SquelchRun.Commands), command => Assert.Empty(SquelchRun.Errors(command)));

    private static async Task<string> PrintAsync(Page page, Block block)
    {
        if (block.OutputOf("build") is { } faulty)
        {
            return string.Join('\n', await new SnippetProject(new Snippet(page.CodeAbove(block), faulty), [], isWhole: true).BuildAsync());
        }

        if (block.OutputOf("run") is { } file)
        {
            Block code = page.CodeAbove(block);
            return SnippetRun.Print(new SnippetProject(new Snippet(code, file), Snippet.Before(page, code), isWhole: true));
        }

        return await SquelchRun.PrintAsync(block.Remark);
    }

    private static bool IsPrintedHere(Block block) => block is { Kind: "output", Remark: not Page.LastCommand };

    private static bool IsTest(Block block) => block.Language == "csharp" && (block.Text.Contains("[Fact]", StringComparison.Ordinal) || block.Text.Contains("[Theory]", StringComparison.Ordinal));
}
