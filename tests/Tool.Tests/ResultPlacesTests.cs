namespace Squelch.Tool.Tests;

public sealed class ResultPlacesTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("--report", "r.html", "--json", "r.html")]
    [InlineData("--report", "r.html", "--json", "./r.html")]
    [InlineData("--report", "link/r.html", "--json", "folder/../folder/r.html")]
    [InlineData("--requests", "folder/r.csv", "--victims", "link/r.csv")]
    [InlineData("--json", "r.json", "--victims", "name.json")]
    [InlineData("--json", "r.json", "--plots", "r.json")]
    [InlineData("--report", "cells", "--resume", "cells")]
    public async Task TwoResultsInOnePlaceAreRefusedBeforeAnyWork(string first, string one, string second, string other)
    {
        Directory.CreateDirectory(_workplace.PathOf("folder"));
        Directory.CreateSymbolicLink(_workplace.PathOf("link"), "folder");
        File.CreateSymbolicLink(_workplace.PathOf("name.json"), "r.json");
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", first, Inside(one), second, Inside(other));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(first, run.Error, StringComparison.Ordinal);
        Assert.Contains(second, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_workplace.Results, name => name.StartsWith('r'));
    }

    [Theory]
    [InlineData("trace", "convert", "TRACE", "--out")]
    [InlineData("trace", "info", "TRACE", "--json")]
    [InlineData("replay", "TRACE", "--policy", "Lru", "--report")]
    [InlineData("replay", "TRACE", "--policy", "Lru", "--requests")]
    [InlineData("compare", "TRACE", "TRACE", "--json")]
    [InlineData("policies", "--policies", "TRACE", "--json")]
    [InlineData("replay", "--model", "TRACE", "--json")]
    public async Task WhatIsReadIsNotReplacedHoweverItIsSpelled(params string[] args)
    {
        string before = await File.ReadAllTextAsync(_workplace.Trace);
        Directory.CreateSymbolicLink(_workplace.PathOf("link"), ".");
        string spelled = Path.Combine(_workplace.Folder, "link", ".", Path.GetFileName(_workplace.Trace));
        ToolRun run = await ToolRun.OfAsync([.. args.Select(arg => arg == "TRACE" ? _workplace.Trace : arg), spelled]);

        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(_workplace.Trace));
    }

    [Fact]
    public void APathIsWhatTheSystemMakesOfIt()
    {
        Directory.CreateDirectory(_workplace.PathOf("a/b"));
        Directory.CreateSymbolicLink(_workplace.PathOf("link"), "a/b");
        File.CreateSymbolicLink(_workplace.PathOf("circle"), "circle");
        string folder = RealPath.Of(_workplace.Folder);

        Assert.Equal(Path.Combine(folder, "a", "x"), RealPath.Of(_workplace.PathOf("link/../x")));
        Assert.Equal(Path.Combine(folder, "a", "b", "x"), RealPath.Of(_workplace.PathOf("./link//x")));
        Assert.EndsWith("circle", RealPath.Of(_workplace.PathOf("circle")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.svg", "<svg")]
    [InlineData("x.SVG", "<svg")]
    [InlineData("x.png", "\u0089PNG")]
    public async Task APictureIsWhatItsNameSays(string name, string begins)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "plot", _workplace.Trace, "-o", _workplace.PathOf(name));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(begins, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_workplace.PathOf(name))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.jpg")]
    [InlineData("x")]
    [InlineData("svg")]
    public async Task AnotherPictureIsRefused(string name)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "plot", _workplace.Trace, "-o", _workplace.PathOf(name));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(".svg or .png", run.Error, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
    }

    private string Inside(string name) => Path.Combine(_workplace.Folder, name);
}
