using Xunit.Sdk;

namespace Squelch.Documentation.Tests;

/// <summary>Code of a page is built and run as a reader would.</summary>
[Collection(SnippetRun.OneAtATime)]
public class SnippetTests
{
    private const string Fence = "```";

    [Theory]
    [InlineData("Console.WriteLine($\"{1.5:0.0} {args.Length}\");", "1.5 0\n")]
    [InlineData("await Task.Yield(); Console.Error.Write('a');", "a")]
    [InlineData("Console.Write(Directory.GetFileSystemEntries(\".\").Length);", "0")]
    public void AProgramPrints(string code, string printed)
    {
        Page page = Made(code);
        Assert.True(new Snippet(page.Blocks[0], "Program.cs").Prints);
        Assert.Equal(printed, Run(page).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void OfTwoTypesOfOneNameTheLaterCounts()
        => Assert.Equal("new other", Run(Made("static class A { public static string Name => \"old\"; }", "static class B { public static string Name => \"other\"; }", "static class A { public static string Name => \"new\"; }", "Console.Write($\"{A.Name} {B.Name}\");")));

    [Fact]
    public void WhatIsRunSaysWhatItUses()
    {
        Page page = Made("Console.Write(new Marconi().Alpha);");
        Assert.Contains("Marconi", Assert.ThrowsAny<XunitException>(() => Run(page)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGivenPartIsBuiltAndNotRun()
    {
        var part = new Snippet(new Block("csharp", "given", "int[] tokens", 1, ["Console.Write(tokens.Length);"]), "Part.cs");
        Assert.False(part.Prints);
        Assert.Empty(await new SnippetProject(part, [], isWhole: false).BuildAsync());
    }

    [Fact]
    public void TestsArePassedOrThrow()
    {
        static string Tests(int expected) => $"using Xunit; public class Tests {{ [Fact] public void One() => Assert.Equal({expected}, 1); [Theory, InlineData(1), InlineData(2)] public void Two(int value) => Assert.True(value > 0); }}";
        Assert.Equal(3, SnippetRun.Test(Project(Made(Tests(expected: 1)))));
        Assert.Throws<EqualException>(() => SnippetRun.Test(Project(Made(Tests(expected: 2)))));
    }

    private static string Run(Page page) => SnippetRun.Print(Project(page));

    private static SnippetProject Project(Page page) => new(new Snippet(page.Blocks[^1], "Program.cs"), Snippet.Before(page, page.Blocks[^1]), isWhole: true);

    private static Page Made(params string[] blocks) => Page.Of("Made.md", [.. blocks.SelectMany(block => new[] { Fence + "csharp", block, Fence })]);
}
