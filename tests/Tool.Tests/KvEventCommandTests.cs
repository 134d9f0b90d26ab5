namespace Squelch.Tool.Tests;

/// <summary>What the command says of logs of KV events.</summary>
public sealed class KvEventCommandTests : IDisposable
{
    private const string Log = """
        [1.0, [["BlockStored", [1, 2], null, [1, 2, 3, 4], 2, null, "GPU"], ["BlockStored", [1], null, [], 0, null, "CPU"]], 0]
        [2.0, [["BlockStored", [3], null, [5, 6], 2, null, "GPU"]], 1]

        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task NotesStandUnderTheTable()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", Written());

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 copy of a block in another tier is left out: CPU (1).", run.Out[run.Out.LastIndexOf("reusable", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("The log is of 2 caches", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReplayTellsThemUnlessItIsToBeQuiet()
    {
        string[] replay = ["replay", Written(), "--policy", "Lru", "--no-bounds"];

        Assert.Contains("note: events: The log is of 2 caches", (await ToolRun.OfAsync(replay)).Error, StringComparison.Ordinal);
        Assert.Equal("", (await ToolRun.OfAsync([.. replay, "--quiet"])).Error);
    }

    [Fact]
    public async Task ARankIsReadAlone()
    {
        string converted = _workplace.PathOf("rank.jsonl");

        Assert.Contains("1 request as", (await ToolRun.OfAsync("trace", "convert", Written(), "--rank", "1", "--out", converted)).Out, StringComparison.Ordinal);
        Assert.Contains("none of its caches is called '5'. They are 0, 1.", (await ToolRun.OfAsync("trace", "info", Written(), "--rank", "5")).Error, StringComparison.Ordinal);
        Assert.Contains("has no ranks; --rank is for logs of KV events. Leave it out.", (await ToolRun.OfAsync("trace", "info", converted, "--rank", "0")).Error, StringComparison.Ordinal);
    }

    private string Written()
    {
        string path = _workplace.PathOf("events.jsonl");
        File.WriteAllText(path, Log);
        return path;
    }
}
