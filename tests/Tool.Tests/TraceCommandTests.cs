using System.Xml.Linq;

namespace Squelch.Tool.Tests;

public sealed class TraceCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task ATraceIsMadeDrawnConvertedAndReplayed()
    {
        string made = _workplace.PathOf("made.jsonl.zst");
        string blocks = _workplace.PathOf("blocks.jsonl.gz");
        string drawn = _workplace.PathOf("made.svg");

        Assert.Contains("of 20 sessions", await OutAsync("trace", "generate", "--family", "mixed", "--sessions", "20", "--think", "lognormal", "--out", made), StringComparison.Ordinal);
        Assert.Contains("blocks of 64 tokens", await OutAsync("trace", "convert", made, "--block", "64", "--out", blocks), StringComparison.Ordinal);
        Assert.Contains("64", await OutAsync("trace", "info", blocks), StringComparison.Ordinal);
        await OutAsync("trace", "plot", made, "--out", drawn);
        Assert.Equal(3, XElement.Load(drawn).Elements().Count(element => element.Name.LocalName == "svg"));
        Assert.Contains("Marconi", await OutAsync("replay", made, blocks, "--policy", "Marconi,Lru", "--capacity", "1GB", "--clock", "time"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreReplayedByCountAndByBytes()
    {
        string keys = _workplace.PathOf("keys.csv");
        await File.WriteAllTextAsync(keys, "key,size,time\n1,3,0\n2,5,1\n1,3,2\n3,4,3\n2,5,4\n");

        Assert.Contains("keys", await OutAsync("replay", keys, "--unit-sizes", "--capacity", "2", "--policy", "Lru,Sieve,Belady"), StringComparison.Ordinal);
        Assert.Contains("8B", await OutAsync("replay", keys, "--capacity", "8", "--policy", "Gdsf"), StringComparison.Ordinal);
        Assert.Contains("requests", await OutAsync("trace", "info", keys), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'chat'", "--family", "chatt")]
    [InlineData("'poisson'", "--think", "poison")]
    [InlineData("1 or more", "--sessions", "0")]
    [InlineData("from 0.000001", "--rate", "0")]
    [InlineData("from 0.000001", "--rate", "1e-300")]
    [InlineData("above 0", "--think-seconds", "-1")]
    public async Task ARecipeThatMakesNoTraceLeavesNoFile(string remedy, string option, string value)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "generate", option, value, "--out", _workplace.PathOf("made.jsonl"));

        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
    }

    [Theory]
    [InlineData("made.jsonl.bz2")]
    [InlineData("made.zip")]
    [InlineData("made.zstd")]
    public async Task ANameThatPromisesAnotherPackingIsRefused(string name)
    {
        foreach (string[] command in (string[][])[["generate"], ["convert", _workplace.Trace]])
        {
            ToolRun run = await ToolRun.OfAsync(["trace", .. command, "--out", _workplace.PathOf(name)]);

            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("packed as .gz or .zst", run.Error, StringComparison.Ordinal);
            Assert.Empty(_workplace.Results);
        }
    }

    [Fact]
    public async Task AConversionThatIsImpossibleLeavesNoFile()
    {
        string blocks = _workplace.PathOf("blocks.jsonl");
        await OutAsync("trace", "convert", _workplace.Trace, "--block", "16", "--out", blocks);
        ToolRun run = await ToolRun.OfAsync("trace", "convert", blocks, "--block", "24", "--out", _workplace.PathOf("more.jsonl"));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("multiple of 16", run.Error, StringComparison.Ordinal);
        Assert.Equal(["blocks.jsonl"], _workplace.Results);
    }

    private static async Task<string> OutAsync(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        return run.Out;
    }
}
