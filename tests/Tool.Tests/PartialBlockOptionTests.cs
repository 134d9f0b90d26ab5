using System.Text.Json;

namespace Squelch.Tool.Tests;

/// <summary><c>--partial-blocks</c>: which reading was taken is said wherever results are.</summary>
public sealed class PartialBlockOptionTests : IDisposable
{
    private const string Blocks = """
        {"timestamp":0,"input_length":10,"hash_ids":[1,2,10],"block_size":4}
        {"timestamp":1,"input_length":10,"hash_ids":[1,2,11],"block_size":4}
        {"timestamp":2,"input_length":10,"hash_ids":[1,2,12],"block_size":4}

        """;

    private readonly Workplace _workplace = new();
    private readonly string _blocks;

    public PartialBlockOptionTests()
    {
        _blocks = _workplace.PathOf("blocks.jsonl");
        File.WriteAllText(_blocks, Blocks);
    }

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("auto", "drop", "Reuse and checkpoints end at the last full block; --partial-blocks keep reads it the other way.")]
    [InlineData("drop", "drop", "Reuse and checkpoints end at the last full block, as asked; --partial-blocks keep reads it the other way.")]
    [InlineData("keep", "keep", "Partial blocks are reused as full ones are, as asked; --partial-blocks drop reads it the other way.")]
    public async Task InfoSaysHowTheyWereRead(string asked, string reading, string done)
    {
        ToolRun info = await ToolRun.OfAsync("trace", "info", _blocks, "--partial-blocks", asked);
        ToolRun json = await ToolRun.OfAsync("trace", "info", _blocks, "--partial-blocks", asked, "--json");

        Assert.Contains("The last block of 3 prompts is partial; none of these come again (0.0 %).", Unwrapped(info.Out), StringComparison.Ordinal);
        Assert.Contains(done, Unwrapped(info.Out), StringComparison.Ordinal);
        using JsonDocument value = JsonDocument.Parse(json.Out);
        JsonElement partial = value.RootElement.GetProperty("partialBlocks");
        Assert.Equal((reading, 3, 3, 0), (partial.GetProperty("reading").GetString(), partial.GetProperty("count").GetInt32(), partial.GetProperty("named").GetInt32(), partial.GetProperty("again").GetInt32()));
    }

    [Theory]
    [InlineData("auto", "full blocks alone", "drop", 16)]
    [InlineData("keep", "with partial blocks", "keep", 8)]
    public async Task AReplaySaysHowTheyWereRead(string asked, string heading, string reading, int hitTokens)
    {
        ToolRun run = await ToolRun.OfAsync("replay", _blocks, "--policy", "SglangPlus", "--capacity", "1GB", "--partial-blocks", asked);
        JsonElement result = await JsonAsync(asked);

        Assert.Contains($"3 requests · {heading}", run.Out, StringComparison.Ordinal);
        Assert.Contains("The last block of 3 prompts is partial; none of these come again (0.0 %).", run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.Equal((reading, hitTokens), (result.GetProperty("partialBlocks").GetString(), result.GetProperty("hitTokens").GetInt32()));
    }

    [Fact]
    public async Task KeptResultsOfOneReadingAreNotTakenForTheOther()
    {
        string folder = _workplace.PathOf("sweep");

        Assert.Equal(8, (await JsonAsync("keep", "--resume", folder)).GetProperty("hitTokens").GetInt32());
        Assert.Equal(16, (await JsonAsync("drop", "--resume", folder)).GetProperty("hitTokens").GetInt32());
        Assert.Equal(8, (await JsonAsync("keep", "--resume", folder)).GetProperty("hitTokens").GetInt32());
    }

    [Fact]
    public async Task ComparedFilesOfTwoReadingsSaySo()
    {
        string[] files = [_workplace.PathOf("keep.json"), _workplace.PathOf("drop.json")];
        foreach (string file in files)
        {
            await ToolRun.OfAsync("replay", _blocks, "--policy", "SglangPlus", "--capacity", "1GB", "--partial-blocks", Path.GetFileNameWithoutExtension(file), "--json", file);
        }

        ToolRun run = await ToolRun.OfAsync(["compare", .. files]);

        Assert.Contains("The partial last blocks of blocks are read in another way in each file", Unwrapped(run.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNoTraceHasBlocksItIsRefused()
    {
        ToolRun alone = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--capacity", "1GB", "--partial-blocks", "keep");
        ToolRun both = await ToolRun.OfAsync("replay", _workplace.Trace, _blocks, "--policy", "Lru", "--capacity", "1GB", "--partial-blocks", "keep");

        Assert.Equal(ExitCode.Usage, alone.ExitCode);
        Assert.Contains("'small' has no blocks; --partial-blocks is for traces of block hashes. Leave it out.", alone.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, both.ExitCode);
    }

    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<JsonElement> JsonAsync(string reading, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["replay", _blocks, "--policy", "SglangPlus", "--capacity", "1GB", "--partial-blocks", reading, "--json", "-", .. options]);
        using JsonDocument results = JsonDocument.Parse(run.Out);
        return Assert.Single(results.RootElement.EnumerateArray()).Clone();
    }
}
