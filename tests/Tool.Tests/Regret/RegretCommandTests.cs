using System.Globalization;
using System.Text.Json.Nodes;

namespace Squelch.Tool.Tests;

public sealed class RegretCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    /// <summary>Cells, summary and rows are those of the replays that squelch replay makes of the same policies.</summary>
    [Fact]
    public async Task RegretIsMadeOfTheReplays()
    {
        (string json, string csv, string replayed) = (_workplace.PathOf("r.json"), _workplace.PathOf("r.csv"), _workplace.PathOf("replay.json"));
        string keys = _workplace.Keys;
        string[] sizes = ["--capacity", "5KB,20KB"];
        ToolRun run = await ToolRun.OfAsync(["regret", keys, "--policy", "sieve", "--against", "Lru,Gdsf,Mru", .. sizes, "--json", json, "--csv", csv]);
        await ToolRun.OfAsync(["replay", keys, "--policy", "Sieve,Lru,Gdsf,Mru", .. sizes, "--no-bounds", "--json", replayed]);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));

        JsonNode found = await ReadAsync(json);
        ILookup<long, (string Policy, double Rate)> rates = (await ReadAsync(replayed)).AsArray().ToLookup(result => (long)result!["capacityBytes"]!, result => ((string)result!["policy"]!, (double)result["tokenHitRate"]!));
        JsonNode[] cells = [.. found["cells"]!.AsArray().Select(cell => cell!)];
        Assert.Equal([5_000, 20_000], cells.Select(cell => (long)cell["capacityBytes"]!));
        foreach (JsonNode cell in cells)
        {
            var others = rates[(long)cell["capacityBytes"]!].Where(rate => rate.Policy != "Sieve").ToDictionary();
            double own = rates[(long)cell["capacityBytes"]!].Single(rate => rate.Policy == "Sieve").Rate;
            Assert.Equal(others, cell["others"]!.AsObject().ToDictionary(other => other.Key, other => (double)other.Value!));
            Assert.Equal((own, others.Values.Max()), ((double)cell["tokenHitRate"]!, (double)cell["best"]!["tokenHitRate"]!));
            Assert.Equal(100 * (others.Values.Max() - own), (double)cell["regret"]!, 1e-9);
        }

        double[] regrets = [.. cells.Select(cell => (double)cell["regret"]!)];
        JsonNode summary = found["models"]![0]!["own"]!;
        Assert.Equal((regrets.Average(), regrets.Max(), regrets.Count(regret => regret <= 0.5)), ((double)summary["mean"]!, (double)summary["worst"]!["regret"]!, (int)summary["cellsWithinHalfAPoint"]!));

        string[][] rows = [.. (await File.ReadAllLinesAsync(csv)).Select(line => line.Split(','))];
        Assert.Equal(["model", "trace", "capacityBytes", "policy", "tokenHitRate", "regret"], rows[0]);
        Assert.Equal(regrets, rows[1..].Where(row => row[3] == "Sieve").Select(row => double.Parse(row[5], CultureInfo.InvariantCulture)));
        Assert.Equal(8, rows.Length - 1);
    }

    /// <summary>Mru, under another name, against all built-in policies of which one is Mru: a policy of one's own is judged like those.</summary>
    [Fact]
    public async Task APolicyOfOnesOwnIsHeldAgainstAllBuiltInOnesThatAnEngineCanRun()
    {
        ToolRun run = await ToolRun.OfAsync("regret", _workplace.Keys, "--policies", typeof(OwnPolicy).Assembly.Location, "--policy", nameof(OwnPolicy), "--capacity", "10%", "--json", "-");

        JsonNode found = JsonNode.Parse(run.Out)!;
        string[] against = [.. found["against"]!.AsArray().Select(name => (string)name!)];
        Assert.Equal(PolicyAssemblies.Load([]).Policies.Where(policy => !policy.Descriptor.NeedsFuture).Select(policy => policy.Descriptor.Name), against);
        Assert.Equal((double)found["cells"]![0]!["others"]!["Mru"]!, (double)found["cells"]![0]!["tokenHitRate"]!);
        Assert.True((double)found["models"]![0]!["own"]!["mean"]! > 0);
    }

    [Fact]
    public async Task EachModelHasItsOwnSummary()
    {
        ToolRun run = await ToolRun.OfAsync("regret", _workplace.Trace, "--policy", "Lru", "--against", "Marconi", "--model", "marconi-7b,transformer-7b", "--capacity", "20%,50%", "--json", "-");

        JsonNode found = JsonNode.Parse(run.Out)!;
        Assert.Equal(["marconi-7b", "transformer-7b"], found["models"]!.AsArray().Select(model => (string)model!["model"]!));
        Assert.Equal([2, 2], found["models"]!.AsArray().Select(model => (int)model!["cells"]!));
    }

    /// <summary>Keys have a model of their own, so that no --model is replayed twice.</summary>
    [Fact]
    public async Task KeysAreReplayedOnceWhateverTheModels()
    {
        ToolRun run = await ToolRun.OfAsync("regret", _workplace.Keys, "--policy", "Lru", "--against", "Gdsf,Lru", "--model", "marconi-7b,transformer-7b", "--capacity", "10%", "--json", "-");

        JsonNode cell = Assert.Single(JsonNode.Parse(run.Out)!["cells"]!.AsArray())!;
        Assert.Equal(("keys", ModelShape.Keys.Name), ((string)cell["trace"]!, (string)cell["model"]!));
    }

    /// <summary>For a person: what it comes to first, then every cell, then the summary.</summary>
    [Fact]
    public async Task TheTableHasEveryCellAndTheSummary()
    {
        ToolRun run = await ToolRun.OfAsync("regret", _workplace.Trace, "--policy", "Lru", "--against", "Marconi", "--capacity", "60MB,1TB");

        Assert.StartsWith("# marconi-7b: Lru has a mean regret of ", run.Out, StringComparison.Ordinal);
        Assert.Contains("over 2 cells (1 trace)", run.Out, StringComparison.Ordinal);
        Assert.Contains("best policy", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nmarconi-7b +small +60MB +Marconi ", run.Out);
        Assert.Matches(@"\nmarconi-7b +Lru .* of 2 ", run.Out);
        Assert.Contains("note: small: at 1TB under marconi-7b all policies hit the same", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What was finished is taken from the folder: a trace under the same name and content is not replayed again.</summary>
    [Fact]
    public async Task AnInterruptedCommandGoesOn()
    {
        string folder = _workplace.PathOf("finished");
        string[] command = ["regret", _workplace.Trace, "--policy", "Lru", "--against", "Marconi", "--capacity", "60MB", "--resume", folder, "--json", "-"];
        ToolRun first = await ToolRun.OfAsync(command);
        string[] kept = Directory.GetFiles(folder);
        ToolRun second = await ToolRun.OfAsync(command);

        Assert.Equal(2, kept.Length);
        Assert.Equal(kept.Order(), Directory.GetFiles(folder).Order());
        Assert.Equal(first.Out, second.Out);
    }

    [Theory]
    [InlineData("no policy 'Marcony'", "--policy", "Marcony")]
    [InlineData("--against: There is no policy 'Lrru'", "--policy", "Lru", "--against", "Lrru")]
    [InlineData("Belady knows the future", "--policy", "Lru", "--against", "Marconi,Belady")]
    [InlineData("--against names Lru alone", "--policy", "Lru", "--against", "lru")]
    [InlineData("--against names no policy", "--policy", "Lru", "--against", ",")]
    [InlineData("--capacity names no size", "--policy", "Lru", "--capacity", ",")]
    [InlineData("'2%' is a share and '1GB' is not", "--policy", "Lru", "--capacity", "2%,1GB")]
    [InlineData("'0%' is no share", "--policy", "Lru", "--capacity", "0%")]
    [InlineData("'101%' is no share", "--policy", "Lru", "--capacity", "5%,101%")]
    [InlineData("'x%' is no share", "--policy", "Lru", "--capacity", "x%")]
    [InlineData("no model is called 'foo'", "--policy", "Lru", "--model", "marconi-7b,foo")]
    [InlineData("both write to standard output", "--policy", "Lru", "--json", "-", "--csv", "-")]
    [InlineData("--policy wants a value")]
    public async Task WhatCannotBeDoneIsRefused(string message, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["regret", _workplace.Trace, .. options]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ReadAsync(string path) => JsonNode.Parse(await File.ReadAllTextAsync(path))!;
}
