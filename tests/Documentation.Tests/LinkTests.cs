namespace Squelch.Documentation.Tests;

/// <summary>What a page leads to is there: in the repository, and where a package carries the page alone, at an address.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Concat(Page.Rules)];

    public static TheoryData<string> PackagePages => [.. Page.All.Where(path => Path.GetFileName(path) == "PACKAGE.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsToSomething(string path)
    {
        Page page = Page.Read(path);
        string[] faults = [.. from link in Links.Of(page) let fault = Links.Fault(page, link.Target) where fault is not null select $"{path}({link.Line}) leads to {link.Target}: {fault}"];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>It is shown at the package's place, where the repository's files are not.</summary>
    [Theory]
    [MemberData(nameof(PackagePages))]
    public void APackagesPageLeadsToAddressesAlone(string path)
        => Assert.DoesNotContain(Links.Of(Page.Read(path)), link => !Uri.TryCreate(link.Target, UriKind.Absolute, out _));

    [Fact]
    public void TheIndexLeadsToEveryPageOfTheDocumentation()
    {
        Page index = Page.Read("docs/README.md");
        string[] led = [.. Links.Of(index).Select(link => Path.GetFullPath(link.Target, Path.GetDirectoryName(index.FullPath)!))];
        Assert.All(Page.All.Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != index.Path), path => Assert.Contains(Page.Read(path).FullPath, led));
    }

    [Theory]
    [InlineData("See [a](a.md).", "a.md")]
    [InlineData("[a](a.md#b \"title\"), ![c](c.svg)", "a.md#b c.svg")]
    [InlineData("[`code`](a.md) and `[no](link.md)`", "a.md")]
    [InlineData("[a]: a.md", "a.md")]
    public void LinksAreFound(string line, string targets) => Assert.Equal(targets, string.Join(' ', Links.Of(Made(line)).Select(link => link.Target)));

    [Fact]
    public void ABlockHasNoLinksOrHeadings()
    {
        Page page = Made("# A page", "```sh", "# no heading", "[no](link.md)", "```");
        Assert.Empty(Links.Of(page));
        Assert.Equal(["a-page"], Links.Anchors(page));
    }

    [Fact]
    public void AnchorsAreGitHubs() => Assert.Equal(["eviction-and-scores", "why-the-victims-are-the-same-bit-for-bit", "evictionpolicygpu--true", "twice", "twice-1"],
        Links.Anchors(Made("## Eviction and scores", "## Why the victims are the same, bit for bit", "### `[EvictionPolicy(Gpu = true)]`", "# Twice", "# Twice")));

    [Theory]
    [InlineData("Page.cs", true)]
    [InlineData(".", true)]
    [InlineData("https://example.org/no/such/file", true)]
    [InlineData("#a-page", true)]
    [InlineData("#no-such-heading", false)]
    [InlineData("NoSuchFile.cs", false)]
    [InlineData("../../README.md#no-such-heading", false)]
    [InlineData("Page.cs#a-page", false)]
    public void ATargetIsThereOrNot(string target, bool isThere) => Assert.Equal(isThere, Links.Fault(Made("# A page"), target) is null);

    /// <summary>A page beside this file, which is not written.</summary>
    private static Page Made(params string[] lines) => Page.Of("tests/Documentation.Tests/Made.md", lines);
}
