namespace Squelch.Tool.Tests;

public sealed class ListingTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task PoliciesListsEveryPolicyWithItsRules()
        => await AssertShows(["Marconi", "SglangPlus", "Lru", "at most one child", "branch point", "Alpha 0..2"], "policies");

    [Fact]
    public async Task ModelsListsBytesAndSource()
        => await AssertShows(["marconi-7b", "26,787,840", "65,536", "137.4", "source"], "models");

    [Fact]
    public async Task ExplainShowsFormulaReadsColumnsTunablesRulesAndPlan()
        => await AssertShows(
            ["Marconi", "formula", "flopsSaved", "prefill FLOPs that the node saves over its parent", "FLOPs", "bytes", "columns", "Alpha", "BootstrapMultiplier", "at most one child", "branch point, last token", "plan:"],
            "explain",
            "Marconi");

    [Fact]
    public async Task ExplainShowsHowCheckpointsAreChosen()
        => await AssertShows(
            ["those whose Worth is above 0", "reads of a place", "toLag", "every 512 tokens", "branch points that save at least 16 tokens"],
            "explain",
            "WorthwhileCheckpoints");

    /// <summary>What a choice of checkpoints reads is listed with the features, units and meaning, too.</summary>
    [Fact]
    public async Task FeaturesListsThePlacesOfCheckpoints()
        => await AssertShows(["position", "fromLastCheckpoint", "toBranch", "tokens from the place to the branch point: 0 at it, negative behind it", "[Checkpoint]"], "features");

    [Fact]
    public async Task ExplainShowsTheDevicePlan()
        => await AssertShows(["device plan: kernels", "lastAccess and flopEfficiency", "24 bytes per node", "Extremes of Recency and FlopEfficiency: one launch"], "explain", "Marconi");

    [Fact]
    public async Task TraceInfoCountsRequests()
        => await AssertShows(["small", "requests", "12", "tokens per page"], "trace", "info", _workplace.Trace);

    [Theory]
    [InlineData("squelch replay", "--help")]
    [InlineData("squelch replay trace.jsonl.gz --policy", "replay", "--help")]
    [InlineData("squelch explain Marconi", "explain", "--help")]
    [InlineData("squelch models", "models", "--help")]
    [InlineData("squelch policies --policies", "policies", "-h")]
    [InlineData("squelch trace info trace.jsonl.gz", "trace", "info", "--help")]
    public async Task HelpEndsWithExamples(string example, params string[] args)
        => await AssertShows(["Examples:", example], args);

    [Fact]
    public async Task ExplainDiagnoseShowsWhatIsProven()
        => await AssertShows(["Recency", "1 per tick", "FLOPs per byte", "finite, proven", "lastAccess", "blocks of nodes have a bound", "16 in 2 columns"], "explain", "Marconi", "--diagnose");

    [Fact]
    public async Task ExplainDiagnoseSaysWhereNothingIsNeeded()
        => await AssertShows(["ticks", "not needed: the order is kept", "8 in 1 column,"], "explain", "--diagnose", "Lru");

    [Fact]
    public async Task ExplainOffersTheNearestPolicy()
    {
        ToolRun run = await ToolRun.OfAsync("explain", "Marconni");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("'Marconi'", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AMistypedCommandIsAnsweredWithTheNearestOne()
    {
        ToolRun run = await ToolRun.OfAsync("reply");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("'replay'", run.Error, StringComparison.Ordinal);
    }

    private static async Task AssertShows(string[] parts, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, run.Out, StringComparison.Ordinal));
    }
}
