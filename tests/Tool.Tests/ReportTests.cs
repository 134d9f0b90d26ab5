using System.Text;
using System.Xml.Linq;

namespace Squelch.Tool.Tests;

public sealed class ReportTests : IDisposable
{
    private static readonly string[] s_alwaysShown = [nameof(OwnPolicy), "Lru", "Marconi"];

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
        Assert.True(drawings.Length > 10);
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
    public async Task TheFirstLineAnswersTheTitle()
    {
        XElement body = Body(await PageAsync("--capacity", "70MB,1GB", "--policy", "Marconi,Lru,SglangPlus"));

        Assert.Equal(["h1", "p"], body.Elements().Take(2).Select(element => element.Name.LocalName));
        Assert.Equal("Which policy keeps more of small?", body.Elements().First().Value);
        Assert.Matches("at 70MB.* Nothing was evicted at 1GB, so every policy gives the same", body.Elements().ElementAt(1).Value);
    }

    [Fact]
    public async Task EveryTraceHasItsAnswer()
    {
        string other = _workplace.PathOf("other.jsonl");
        File.Copy(_workplace.Trace, other);
        XElement body = Body(await PageAsync(other, "--capacity", "1GB"));

        Assert.Equal(["small: Nothing", "other: Nothing"], body.Elements("p").Take(2).Select(answer => answer.Value[..14]));
    }

    [Fact]
    public async Task EqualPoliciesAreOneLineAndOneRow()
    {
        XElement body = Body(await PageAsync("--capacity", "70MB,1GB", "--policy", "Lru,SglangPlus,VllmPlus"));

        XElement hitRate = body.Descendants().First(element => element.Name.LocalName == "svg");
        Assert.Contains("Lru +1", hitRate.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.Contains("Lru +1: also SglangPlus", hitRate.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.Contains("Lru= SglangPlus", body.Descendants("tbody").First().Elements().Select(row => row.Elements().First().Value));
        Assert.DoesNotContain("SglangPlus", body.Descendants("summary").Select(summary => summary.Value));
    }

    [Fact]
    public async Task ATableThatIsCutSaysSoAndHasTheRestInAFold()
    {
        XElement body = Body(await PageOfAsync(_workplace.Keys, "--capacity", "2KB"));

        XElement table = body.Descendants("details").First(details => details.Element("summary")!.Value == "Table at 2KB");
        int all = table.Element("details")!.Descendants("tbody").Single().Elements().Count();
        Assert.True(all > 12);
        Assert.Equal($"All {all} rows", table.Element("details")!.Element("summary")!.Value);
        Assert.Equal(10, table.Element("div")!.Descendants("tbody").Single().Elements().Count());
        Assert.StartsWith($"10 of {all} rows: ", table.Element("div")!.Descendants("caption").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheUsersOwnPolicyAndMarconiAreAlwaysDrawnAndInTheTable()
    {
        XElement body = Body(await PageOfAsync(_workplace.Keys, "--capacity", "2KB,10KB", "--policies", typeof(OwnPolicy).Assembly.Location, "--policy", string.Join(',', PolicyAssemblies.Load([]).Policies.Select(policy => policy.Descriptor.Name).Append(nameof(OwnPolicy)))));

        string[] rows = [.. body.Descendants("tbody").First().Elements().Select(row => row.Elements().First().FirstNode!.ToString())];
        Assert.Empty(s_alwaysShown.Except(rows));
        foreach (XElement drawing in body.Descendants().Where(element => element.Name.LocalName == "svg" && element.Attribute("aria-label")!.Value.StartsWith("Byte hit rate", StringComparison.Ordinal)))
        {
            string[] texts = [.. drawing.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Split(" +")[0])];
            Assert.Empty(s_alwaysShown.Except(texts));
        }
    }

    [Fact]
    public async Task TheHitRateIsDrawnOverTime()
    {
        XElement body = Body(await PageAsync("--capacity", "70MB", "--policy", "Lru"));

        string words = body.Descendants().First(element => element.Name.LocalName == "svg").Attribute("aria-label")!.Value;
        Assert.StartsWith("Token hit rate over time at 70MB, in windows of about 2 requests. Lru from ", words, StringComparison.Ordinal);
        Assert.EndsWith(" at 12.", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10,10\n20,20\n10,10\n30,30\n10,10\n20,20\n", "byte hit rate", "50B")]
    [InlineData("1,1\n2,1\n1,1\n3,1\n1,1\n2,1\n", "hit rate", "2 keys")]
    public async Task KeysAreNoTokens(string lines, string hitRate, string capacity)
    {
        string keys = _workplace.PathOf("keys.csv");
        await File.WriteAllTextAsync(keys, lines);
        string path = _workplace.PathOf("keys.html");
        ToolRun run = await ToolRun.OfAsync("replay", keys, "--capacity", capacity == "2 keys" ? "2,3" : "50,60", "--report", path);
        Assert.Equal("", run.Error);
        XElement body = Body(await File.ReadAllTextAsync(path));

        string words = string.Join('\n', body.DescendantNodes().OfType<XText>().Select(text => text.Value).Concat(body.Descendants().Attributes("aria-label").Select(words => words.Value)));
        foreach (string word in (string[])["token", "Token", "FLOP", "TTFT", "refill", "KV of", "checkpoints", "marconi-7b"])
        {
            Assert.DoesNotContain(words.Split('\n'), line => line.Contains(word, StringComparison.Ordinal));
        }

        Assert.Contains(hitRate, words, StringComparison.Ordinal);
        Assert.Contains($"Table at {capacity}", words, StringComparison.Ordinal);
        Assert.Contains("6 requests for 3 keys", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFooterSaysWhereThePageComesFrom()
    {
        XElement footer = Body(await PageAsync("--capacity", "70MB")).Element("footer")!;

        string[] entries = [.. footer.Descendants("dd").Select(entry => entry.Value)];
        Assert.Equal("squelch replay small.jsonl --capacity 70MB --report report.html", entries[0]);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC$", entries[2]);
        Assert.Matches("^small.jsonl, SHA-256 [0-9a-f]{16}…, 12 requests, model marconi-7b$", entries[3]);
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

    /// <summary>What took long is not lost where its pictures cannot be written.</summary>
    [Fact]
    public async Task TheTableStandsWherePlotsFail()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--capacity", "70MB", "--policy", "Lru", "--plots", Path.Combine(_workplace.Trace, "inside"));

        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("--plots", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nLru ", run.Out, StringComparison.Ordinal);
    }

    private static XElement Body(string page) => XElement.Parse(page["<!DOCTYPE html>".Length..]).Element("body")!;

    private Task<string> PageAsync(params string[] options) => PageOfAsync(_workplace.Trace, options);

    private async Task<string> PageOfAsync(string trace, params string[] options)
    {
        string path = _workplace.PathOf("report.html");
        ToolRun run = await ToolRun.OfAsync(["replay", trace, .. options, "--report", path]);
        Assert.Equal("", run.Error);
        return await File.ReadAllTextAsync(path);
    }
}
