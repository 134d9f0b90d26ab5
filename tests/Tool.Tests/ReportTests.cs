using System.Text;
using System.Xml.Linq;

namespace Squelch.Tool.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task ThePageNeedsNothingButItselfAndHasWordsForEveryPicture()
    {
        string page = await PageAsync("--capacity", "70MB,1GB");

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        XElement html = XElement.Parse(page["<!DOCTYPE html>".Length..]);
        XElement[] drawings = [.. html.Descendants().Where(element => element.Name.LocalName == "svg")];
        Assert.True(drawings.Length > 20);
        Assert.All(drawings, drawing => Assert.True(drawing.Attribute("aria-label")!.Value.Length > 20));
    }

    [Fact]
    public async Task OnePolicyAtOneCapacityIsAPageToo()
    {
        string page = await PageAsync("--capacity", "70MB", "--policy", "Lru", "--no-bounds");

        Assert.Contains("Table at 70MB", page, StringComparison.Ordinal);
        Assert.DoesNotContain("offline bound 0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlotsAreSvgAndPngFilesByTrace()
    {
        string folder = _workplace.PathOf("plots");
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--capacity", "70MB,1GB", "--policy", "Marconi,Lru", "--plots", folder);

        Assert.Equal("", run.Error);
        string[] names = [.. Directory.GetFiles(Path.Combine(folder, "small")).Select(file => Path.GetFileName(file)!)];
        Assert.Equal(names.Where(name => name.EndsWith(".svg", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order(), names.Where(name => name.EndsWith(".png", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order());
        Assert.Contains("hit-rate.svg", names);
        Assert.Contains("Marconi-why.png", names);
        Assert.Equal("svg", XElement.Load(Path.Combine(folder, "small", "hit-rate.svg")).Name.LocalName);
        byte[] png = await File.ReadAllBytesAsync(Path.Combine(folder, "small", "hit-rate.png"));
        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.True(png.Length > 5_000, "an empty picture is smaller");
    }

    [Fact]
    public async Task APlaceThatCannotBeWrittenToLeavesNothing()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--capacity", "70MB", "--report", _workplace.PathOf("no/where.html"), "--json", _workplace.PathOf("results.json"));

        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("folder does not exist", run.Error, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
    }

    private async Task<string> PageAsync(params string[] options)
    {
        string path = _workplace.PathOf("report.html");
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. options, "--report", path]);
        Assert.Equal("", run.Error);
        return await File.ReadAllTextAsync(path);
    }
}
