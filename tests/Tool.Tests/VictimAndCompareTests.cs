using System.Globalization;
using System.Text.RegularExpressions;

namespace Squelch.Tool.Tests;

public sealed class VictimAndCompareTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    /// <summary>The victims that are explained are those that the replay reports, and the victim is the first of its table.</summary>
    [Fact]
    public async Task TheVictimsOfARequestAreExplainedTermByTerm()
    {
        string csv = _workplace.PathOf("victims.csv");
        await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Marconi", "--alpha", "1", "--capacity", "90MB", "--victims", csv);
        string[] victim = File.ReadAllLines(csv)[^1].Split(',');
        ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", victim[0], "--set", "Marconi.Alpha=1", "--capacity", "90MB");

        Assert.Equal("", run.Error);
        Assert.Contains("Recency", run.Out, StringComparison.Ordinal);
        Assert.Contains("FlopEfficiency", run.Out, StringComparison.Ordinal);

        // A leaf frees its checkpoint and the KV of its edge; its tokens are prefilled again from the checkpoint above.
        ModelShape model = ModelShape.PaperHybrid;
        long edge = long.Parse(victim[4], CultureInfo.InvariantCulture);
        bool isLeaf = run.Out.Contains("a leaf", StringComparison.Ordinal);
        string frees = ByteSize.Format(model.CheckpointBytes + (isLeaf ? model.KvBytes(edge) : 0));
        Assert.Matches($@"victim\s+{(isLeaf ? "leaf" : "checkpoint")}\s+{victim[3]}\s+{edge}\s+{Regex.Escape(frees)}\s+{edge}\s", run.Out);
    }

    [Fact]
    public async Task ARequestThatEvictedNothingSaysSo()
    {
        ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", "0");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("evicted nothing", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequestWithoutVictimsNamesTheNearestThatHaveSome()
    {
        long[] evicting = [.. (await VictimsAsync("Lru", "90MB")).Select(victim => long.Parse(victim[0], CultureInfo.InvariantCulture)).Distinct()];
        long[] idle = [.. Enumerable.Range(0, Workplace.Requests).Select(request => (long)request).Except(evicting)];
        Assert.NotEmpty(evicting);
        Assert.NotEmpty(idle);
        foreach (long request in idle)
        {
            ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", $"{request}", "--policy", "Lru", "--capacity", "90MB");
            long[] named = [.. Regex.Matches(run.Out, "--request ([0-9]+)").Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
            Assert.Equal([.. evicting.Where(other => other < request).TakeLast(1), .. evicting.Where(other => other > request).Take(1)], named);
        }
    }

    /// <summary>A policy that knows the future needs the requests after the one that is explained.</summary>
    [Fact]
    public async Task TheVictimsOfARuleThatKnowsTheFutureAreThoseOfItsReplay()
    {
        foreach (IGrouping<string, string[]> request in (await VictimsAsync("Belady", "90MB")).GroupBy(victim => victim[0]))
        {
            ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", request.Key, "--policy", "Belady", "--capacity", "90MB");
            string[] explained = [.. Regex.Matches(run.Out, "^victim +(?:leaf|checkpoint) +([0-9]+) ", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
            Assert.Equal(request.Select(victim => victim[3]).Take(explained.Length), explained);
            Assert.NotEmpty(explained);
        }
    }

    [Theory]
    [InlineData("12")]
    [InlineData("-1")]
    public async Task ARequestThatIsNotThereIsRefused(string request)
    {
        ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", request);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("0 to 11", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoResultsAreComparedByTracePolicyAndCapacity()
    {
        string first = await JsonAsync("first.json", "70MB,1GB", "Lru,Marconi");
        string second = await JsonAsync("second.json", "1GB", "Lru,Gdsf");
        ToolRun run = await ToolRun.OfAsync("compare", first, second);

        Assert.Equal("", run.Error);
        Assert.Contains("1 in both, 0 with another token hit rate; 3 only in the first, 1 only in the second.", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[{\"trace\": 1}]")]
    [InlineData("[{}]")]
    public async Task WhatHoldsNoResultsIsNamed(string text)
    {
        string path = _workplace.PathOf("bad.json");
        await File.WriteAllTextAsync(path, text);
        ToolRun run = await ToolRun.OfAsync("compare", path, path);

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("bad.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("--json", run.Error, StringComparison.Ordinal);
    }

    private async Task<string[][]> VictimsAsync(string policy, string capacity)
    {
        string csv = _workplace.PathOf("victims.csv");
        await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", policy, "--capacity", capacity, "--victims", csv);
        return [.. File.ReadAllLines(csv).Skip(1).Select(line => line.Split(','))];
    }

    private async Task<string> JsonAsync(string name, string capacities, string policies)
    {
        string path = _workplace.PathOf(name);
        await ToolRun.OfAsync("replay", _workplace.Trace, "--capacity", capacities, "--policy", policies, "--json", path);
        return path;
    }
}
