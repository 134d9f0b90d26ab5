namespace Squelch.Tool.Tests;

/// <summary>Key traces on the command line: how columns are named, and what is said of how they were read.</summary>
public sealed class KeyTraceOptionTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task EveryCommandThatReadsATraceTakesColumns()
    {
        string keys = Write("requests.dat", "7 x 5 10 9\n8 x 5 10 9\n9 x 5 10 9\n10 x 6 10 9\n");
        const string Columns = "time=0,key=2,size=3";
        string drawn = _workplace.PathOf("drawn.svg");
        string converted = _workplace.PathOf("converted.jsonl");

        Assert.Contains("50.00", (await OfAsync("trace", "info", keys, "--columns", Columns)).Out, StringComparison.Ordinal);
        Assert.Contains("50.00", (await OfAsync("replay", keys, "--columns", Columns, "--capacity", "100", "--policy", "Lru", "--no-bounds")).Out, StringComparison.Ordinal);
        await OfAsync("trace", "plot", keys, "--columns", Columns, "--out", drawn);
        await OfAsync("trace", "convert", keys, "--columns", Columns, "--out", converted);
        Assert.Equal(4, (await File.ReadAllLinesAsync(converted)).Length);
        await OfAsync("explain-victim", keys, "--columns", Columns, "--request", "3", "--policy", "Lru", "--capacity", "100MB");
    }

    /// <summary>A text that is no trace reads as keys; whoever gave it by mistake is told.</summary>
    [Theory]
    [InlineData("hello\n", "Read as keys, one a line: a single request.")]
    [InlineData("hello\nhello\n", "Read as keys, one a line: 2 requests, all for one key.")]
    [InlineData("one\ntwo\nthree\n", "Read as keys, one a line: 3 requests, each for another key.")]
    [InlineData("one\ntwo\none\n", null)]
    [InlineData("key\none\n", null)]
    public async Task ATextThatReadsAsOneKeyIsSaid(string text, string? note)
    {
        string file = Write("words.txt", text);
        foreach (string[] command in (string[][])[["replay", file, "--capacity", "10", "--policy", "Lru"], ["trace", "info", file]])
        {
            ToolRun run = await ToolRun.OfAsync(command);
            Assert.Equal(ExitCode.Success, run.ExitCode);
            Assert.Equal(note is not null, (run.Out + run.Error).Contains("Read as keys", StringComparison.Ordinal));
            Assert.Contains(note ?? "", run.Out + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UnitSizesAreForEveryCommandThatNamesThem()
    {
        string keys = Write("keys.csv", "1,0\n2,5\n1,0\n");

        Assert.Contains("count every key as 1 (--unit-sizes)", (await ToolRun.OfAsync("trace", "info", keys)).Error, StringComparison.Ordinal);
        Assert.Contains("keys (CSV: key, size)", (await OfAsync("trace", "info", keys, "--unit-sizes")).Out, StringComparison.Ordinal);
        Assert.Contains("33.33", (await OfAsync("replay", keys, "--unit-sizes", "--capacity", "10", "--policy", "Lru", "--no-bounds")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotesStandUnderTheResult()
    {
        string keys = Write("keys.csv", "key,op\na,get\nb,set\na,get\n");
        ToolRun run = await OfAsync("trace", "info", keys);

        Assert.EndsWith("Left out what is no lookup: 1 set.\n", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Gdsf keeps the dear key and has 2 hits of 100 of 303; see the policies' own test.</summary>
    [Fact]
    public async Task CostsAreShownWhereTheTraceTellsThem()
    {
        string keys = Write("costs.csv", "key,latency_ms\na,100\nb,1\nc,1\na,100\nb,1\na,100\n");
        ToolRun info = await OfAsync("trace", "info", keys);
        ToolRun replay = await OfAsync("replay", keys, "--capacity", "2", "--policy", "Gdsf,Lru", "--no-bounds", "--json", _workplace.PathOf("costs.json"), "--report", _workplace.PathOf("costs.html"));
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(_workplace.PathOf("costs.json")));

        Assert.Matches(@"\ncost +303\ncost per request, P50 +50\.5\ncost per request, P90 +100\n", info.Out);
        Assert.EndsWith("The cost of a miss is column latency_ms.\n", info.Out, StringComparison.Ordinal);
        Assert.Contains("66.01", replay.Out, StringComparison.Ordinal);
        Assert.Contains("33.00", replay.Out, StringComparison.Ordinal);
        Assert.Equal([200, 100], json.RootElement.EnumerateArray().Select(result => result.GetProperty("costSaved").GetDouble()));
        Assert.All(json.RootElement.EnumerateArray(), result => Assert.Equal(303, result.GetProperty("costWithoutCache").GetDouble()));
        Assert.Contains("cost saved %", await File.ReadAllTextAsync(_workplace.PathOf("costs.html")), StringComparison.Ordinal);
        Assert.Contains("66.01", await File.ReadAllTextAsync(_workplace.PathOf("costs.html")), StringComparison.Ordinal);
    }

    /// <summary>Gdsf keeps the first key, which is dear, and Lru the others, which are hit more often.</summary>
    [Fact]
    public async Task WhoSavesTheMostOfTheCostIsSaidWhereItIsAnother()
    {
        string keys = Write("costs.csv", "key,cost\na,100\nb,1\nc,1\nc,1\nb,1\nc,1\na,100\n");
        ToolRun run = await OfAsync("replay", keys, "--capacity", "2", "--policy", "Lru,Gdsf", "--no-bounds");

        Assert.Contains("No policy is better than LRU at 2 keys, whose hit rate is 42.86 %.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Counted by cost, Gdsf saves the most at 2 keys: 49.27 % of it.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsConvertedHasNoCosts()
    {
        string keys = Write("costs.csv", "key,cost\na,100\nb,1\na,100\n");
        ToolRun run = await OfAsync("trace", "convert", keys, "--out", _workplace.PathOf("tokens.jsonl"));

        Assert.Contains("3 requests as tokens, a byte of a key as a token, without costs", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesOfResultsAreComparedByCost()
    {
        string[] results = ["before.json", "after.json"];
        foreach ((string file, string last) in results.Zip(["1", "100"]))
        {
            string keys = Write("costs.csv", $"key,cost\na,100\nb,1\nc,1\na,100\nb,1\na,{last}\n");
            await OfAsync("replay", keys, "--capacity", "2", "--policy", "Gdsf", "--no-bounds", "--json", _workplace.PathOf(file));
        }

        ToolRun run = await OfAsync("compare", _workplace.PathOf(results[0]), _workplace.PathOf(results[1]));
        double change = (200 / 303.0) - (101 / 204.0);
        Assert.Contains($"+{change * 100:0.00}", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Same keys and times: only the costs tell these traces apart.</summary>
    [Fact]
    public async Task KeptReplaysOfOtherCostsAreNotTaken()
    {
        foreach ((string cost, string saved) in new[] { ("100", "66.01"), ("50", "65.36") })
        {
            string keys = Write("costs.csv", $"key,cost\na,{cost}\nb,1\nc,1\na,{cost}\nb,1\na,{cost}\n");
            ToolRun run = await OfAsync("replay", keys, "--capacity", "2", "--policy", "Gdsf", "--no-bounds", "--resume", _workplace.PathOf("kept"));
            Assert.Contains(saved, run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(2, Directory.GetFiles(_workplace.PathOf("kept")).Length);
    }

    [Theory]
    [InlineData("zipf", "known are lis, twitter")]
    [InlineData("key=9", "there is no column 9")]
    public async Task ColumnsThatAreNotThereAreRefused(string columns, string message)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", Write("keys.csv", "1,5\n2,6\n"), "--columns", columns);

        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task<ToolRun> OfAsync(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        return run;
    }

    private string Write(string name, string text)
    {
        string path = _workplace.PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }
}
