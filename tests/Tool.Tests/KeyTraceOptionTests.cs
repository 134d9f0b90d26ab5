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
