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
        Assert.Contains("1 in both, 0 with another hit rate; 3 only in the first, 1 only in the second.", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is no JSON, or not all of it: see line 1")]
    [InlineData("hello", "it is no JSON, or not all of it: see line 1")]
    [InlineData("[\n{", "it is no JSON, or not all of it: see line 2")]
    [InlineData("{}", "the whole is no list, but object")]
    [InlineData("[1]", "result 1 is no object, but number")]
    [InlineData("[{\"evictions\": 1}]", "evictions is no object, but number")]
    [InlineData("[{\"evictions\": {}, \"model\": \"m\", \"trace\": 1}]", "trace is no text, but number")]
    [InlineData("[{\"evictions\": {}, \"model\": \"m\", \"trace\": \"t\", \"policy\": \"p\", \"capacityBytes\": 1.5}]", "capacityBytes is no whole number")]
    [InlineData("[{}]", "a result has no evictions")]
    public async Task WhatHoldsNoResultsIsNamed(string text, string why)
    {
        string path = _workplace.PathOf("bad.json");
        await File.WriteAllTextAsync(path, text);
        ToolRun run = await ToolRun.OfAsync("compare", path, path);

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains($"bad.json' cannot be compared: {why}", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("; give a file that squelch replay --json wrote\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("--json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheComparisonBeginsWithWhatChanged()
    {
        string low = await JsonAsync("low.json", "90MB", "Lru,Marconi");
        string[] rates = [.. (await File.ReadAllLinesAsync(low)).Where(line => line.Contains("tokenHitRate", StringComparison.Ordinal))];
        string high = _workplace.PathOf("high.json");
        await File.WriteAllTextAsync(high, (await File.ReadAllTextAsync(low)).Replace(rates[0].Trim(), "\"tokenHitRate\": 1,", StringComparison.Ordinal));

        Assert.StartsWith("# All 2 replays in both have the same hit rates.", (await ToolRun.OfAsync("compare", low, low)).Out, StringComparison.Ordinal);
        Assert.Matches(@"^# The hit rate changed in [12] of 2 replays, at most by \+[0-9.]+ points: (Lru|Marconi) on small at 90MB\.", (await ToolRun.OfAsync("compare", low, high)).Out);
        string other = await JsonAsync("other.json", "91MB", "Lru");
        Assert.StartsWith("# The files have no replay in common", (await ToolRun.OfAsync("compare", low, other)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "byte hit % first", "1.5KB")]
    [InlineData(true, "  hit % first", "20 keys")]
    public async Task KeysAreComparedAndExplainedAsKeys(bool unit, string header, string capacity)
    {
        string size = unit ? "20" : "1.5KB";
        string[] units = unit ? ["--unit-sizes"] : [];
        string json = _workplace.PathOf("keys.json");
        string keys = _workplace.Keys;
        await ToolRun.OfAsync(["replay", keys, "--policy", "Lru,Gdsf", "--capacity", size, "--json", json, .. units]);
        ToolRun compared = await ToolRun.OfAsync("compare", json, json);
        string victims = _workplace.PathOf("victims.csv");
        await ToolRun.OfAsync(["replay", keys, "--policy", "Lru", "--capacity", size, "--victims", victims, .. units]);
        string request = File.ReadAllLines(victims)[1].Split(',')[0];
        ToolRun explained = await ToolRun.OfAsync(["explain-victim", keys, "--policy", "Lru", "--request", request, "--capacity", size, .. units]);

        Assert.Contains(header, compared.Out, StringComparison.Ordinal);
        Assert.Contains(capacity, compared.Out, StringComparison.Ordinal);
        Assert.Contains("victim 1: a key · Lru", explained.Out, StringComparison.Ordinal);
        Assert.Contains(unit ? "1 key " : "B ", explained.Out, StringComparison.Ordinal);
        foreach (string word in (string[])["token", "FLOP", "TTFT", "leaf", "checkpoint"])
        {
            Assert.DoesNotContain(word, compared.Out + explained.Out, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(ExitCode.Policy, "S3Fifo", "has no scores")]
    [InlineData(ExitCode.Usage, "all", "no policy 'all'")]
    public async Task WhatCannotBeExplainedIsRefused(int code, string policy, string message)
    {
        ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", "5", "--policy", policy);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNothingIsEverEvictedTheCapacityIsNamed()
    {
        ToolRun run = await ToolRun.OfAsync("explain-victim", _workplace.Trace, "--request", "5", "--capacity", "1TB");

        Assert.Contains("No request of this trace did at 1TB; give a smaller --capacity.", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"policy\"", "\"policies\"", "a result has no policy")]
    [InlineData("\"tokenHitRate\": ", "\"tokenHitRate\": 1e999, \"was\": ", "tokenHitRate is too large")]
    [InlineData("\"capacityBytes\": 91000000", "\"capacityBytes\": 90000000", "there twice")]
    public async Task ResultsThatWouldMisleadAreRefused(string part, string other, string message)
    {
        string path = await JsonAsync("results.json", "90MB,91MB", "Lru");
        string text = await File.ReadAllTextAsync(path);
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(part, other, StringComparison.Ordinal));
        ToolRun run = await ToolRun.OfAsync("compare", path, path);

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StandardInputIsComparedOnce()
        => Assert.Contains("standard input can be read once", (await ToolRun.OfAsync("compare", "-", "-")).Error, StringComparison.Ordinal);

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
