using System.Text.Json;

namespace Squelch.Tool.Tests;

public sealed class ReplayOutputTests : IDisposable
{
    private static readonly string[] Properties =
    [
        "trace", "policy", "model", "capacityBytes", "tunables", "requests", "inputTokens", "hitTokens", "tokenHitRate", "requestHitRate",
        "flopsSaved", "flopsSavedShare", "checkpoints", "kvTokens", "nodes", "evictions", "notAdmitted", "peakBytes", "ttftMs", "ttftFlooredMs", "ttftWithoutCacheMs", "ttftExtrapolated", "gainOverLru95", "bounds", "seconds", "requestsPerSecond",
    ];

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task JsonHoldsOneObjectPerPolicyAndCapacityWithExactlyThePromisedProperties()
    {
        JsonElement[] objects = await JsonAsync("--policy", "SglangPlus,Lru", "--capacity", "1GB,2GB");

        Assert.Equal(4, objects.Length);
        Assert.All(objects, o => Assert.Equal(Properties, o.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(["attention", "recurrent", "mlp", "total"], Names(objects[0].GetProperty("flopsSaved")));
        Assert.Equal(["leaf", "join"], Names(objects[0].GetProperty("evictions")));
        Assert.Equal(["mean", "p5", "p50", "p95", "p99"], Names(objects[0].GetProperty("ttftMs")));
        Assert.Equal([1_000_000_000, 1_000_000_000, 2_000_000_000, 2_000_000_000], objects.Select(o => o.GetProperty("capacityBytes").GetInt64()));
        Assert.Equal(["SglangPlus", "Lru", "SglangPlus", "Lru"], objects.Select(o => o.GetProperty("policy").GetString()));
        Assert.All(objects, o => Assert.Equal(Workplace.Requests, o.GetProperty("requests").GetInt32()));
        Assert.All(objects, o => Assert.Equal("small", o.GetProperty("trace").GetString()));
    }

    [Fact]
    public async Task AllPoliciesAreMeantByAllAndByNone()
    {
        string[] none = [.. (await JsonAsync("--capacity", "1GB")).Select(o => o.GetProperty("policy").GetString()!)];
        string[] all = [.. (await JsonAsync("--capacity", "1GB", "--policy", "ALL,Lru")).Select(o => o.GetProperty("policy").GetString()!)];
        ToolRun mistyped = await ToolRun.OfAsync("replay", "--policy", "all,Lruu");

        Assert.Equal(none, all);
        Assert.Contains("'Lruu'", mistyped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonOfATunedPolicyTellsTheWindowAndTheValue()
    {
        JsonElement tuned = Assert.Single(await JsonAsync("--policy", "Marconi"));
        Assert.Equal([.. Properties, "tuning"], Names(tuned));
        Assert.Equal("""{"tuner":"bootstrap","state":"notYet","values":{"Alpha":0},"window":null,"afterRequests":null,"replayed":0}""", Compact(tuned.GetProperty("tuning")));
    }

    [Fact]
    public async Task JsonTellsWhenATunableWasTuned()
    {
        // Twelve requests of up to 106 tokens, about 7 MB each, and a checkpoint of 27 MB: room for two.
        JsonElement tuned = Assert.Single(await JsonAsync("--policy", "Marconi", "--capacity", "60MB", "--set", "Marconi.BootstrapMultiplier=2"));
        JsonElement tuning = tuned.GetProperty("tuning");

        Assert.Equal("tuned", tuning.GetProperty("state").GetString());
        Assert.Equal(tuned.GetProperty("tunables").GetProperty("Alpha").GetDouble(), tuning.GetProperty("values").GetProperty("Alpha").GetDouble());
        Assert.Equal(tuning.GetProperty("window").GetInt32(), tuning.GetProperty("afterRequests").GetInt32());
    }

    /// <summary>A line through measured times goes on where nothing was measured, and says for how many requests.</summary>
    [Fact]
    public async Task TimesOfPrefillsLongerThanTheProfileAreCounted()
    {
        string trace = _workplace.PathOf("long.jsonl");
        await File.WriteAllTextAsync(trace, """
            {"timestamp":0,"input_length":31950,"hash_ids":[1],"block_size":40000}
            {"timestamp":1,"input_length":31951,"hash_ids":[2],"block_size":40000}
            """);
        ToolRun run = await ToolRun.OfAsync("replay", trace, "--policy", "Lru", "--capacity", "10GB", "--json", "-");
        ToolRun table = await ToolRun.OfAsync("replay", trace, "--policy", "Lru", "--capacity", "10GB");

        using JsonDocument results = JsonDocument.Parse(run.Out);
        Assert.Equal(1, results.RootElement[0].GetProperty("ttftExtrapolated").GetInt32());
        Assert.Contains("TTFT: up to 1 prefill of a row have over 31,950 tokens", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheRequestsComeToWithoutACacheCanBeSeen()
    {
        ToolRun all = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--capacity", "1GB", "--all");
        JsonElement lru = Assert.Single(await JsonAsync("--policy", "Lru"));

        Assert.Matches("no cache +0.00 ", all.Out);
        Assert.True(lru.GetProperty("ttftWithoutCacheMs").GetProperty("p5").GetDouble() > lru.GetProperty("ttftMs").GetProperty("p5").GetDouble());
    }

    [Fact]
    public async Task JsonOfAShadowTunedPolicyTellsWhenAndAtWhatCost()
    {
        JsonElement tuned = Assert.Single(await JsonAsync("--policy", "MarconiShadow"));
        Assert.Equal("shadow", tuned.GetProperty("tuning").GetProperty("tuner").GetString());
        JsonElement set = Assert.Single(await JsonAsync("--policy", "MarconiShadow", "--set", "MarconiShadow.Alpha=1"));
        Assert.Equal(("fixed", 0), (set.GetProperty("tuning").GetProperty("state").GetString(), set.GetProperty("tuning").GetProperty("replayed").GetInt32()));
    }

    [Theory]
    [InlineData("--alpha", "0.5")]
    [InlineData("--set", "Marconi.Alpha=0.5")]
    [InlineData("--set", "marconi.alpha=0.5")]
    public async Task AFixedAlphaRunsNoTuner(string option, string value)
    {
        JsonElement set = Assert.Single(await JsonAsync("--policy", "Marconi", option, value));
        Assert.Equal([.. Properties, "tuning"], Names(set));
        Assert.Equal("""{"tuner":"bootstrap","state":"fixed","values":{"Alpha":0.5},"window":null,"afterRequests":null,"replayed":0}""", Compact(set.GetProperty("tuning")));
        Assert.Equal(0.5, set.GetProperty("tunables").GetProperty("Alpha").GetDouble());
    }

    [Fact]
    public void IntegersPast64BitsArePlainNumbersInJson()
    {
        Int128 large = (Int128)ulong.MaxValue * 1000;
        string text = JsonReport.Of([SampleOutcome.Of(new FlopCount(large, 1, 2))]);
        Assert.Contains($"\"attention\": {large},", text, StringComparison.Ordinal);
        Assert.Contains($"\"total\": {large + 3}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberThatJsonLacksIsNull()
        => Assert.Contains("\"p99\": null", JsonReport.Of([SampleOutcome.Of()]), StringComparison.Ordinal);

    [Fact]
    public async Task RequestRowsFollowTheirHeader()
    {
        string path = _workplace.PathOf("requests.csv");
        ToolRun run = await ReplayAsync("--policy", "Marconi", "--alpha", "1", "--requests", path);

        string[] lines = File.ReadAllLines(path);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal("request,hit,inputTokens,hitTokens,checkpoints,kvTokens", lines[0]);
        Assert.Equal(Workplace.Requests + 1, lines.Length);
        Assert.Equal(Enumerable.Range(0, Workplace.Requests).Select(i => $"{i}"), lines.Skip(1).Select(l => l.Split(',')[0]));
        Assert.All(lines.Skip(1), l => Assert.Contains(l.Split(',')[1], (string[])["0", "1"]));
        Assert.All(lines.Skip(1), l => Assert.Equal(6, l.Split(',').Length));
    }

    [Fact]
    public async Task VictimRowsFollowTheirHeader()
    {
        string path = _workplace.PathOf("victims.csv");
        ToolRun run = await ReplayAsync("--policy", "Marconi", "--alpha", "1", "--capacity", "70MB", "--victims", path);

        string[] lines = File.ReadAllLines(path);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal("request,action,clock,pathTokens,edgeTokens", lines[0]);
        Assert.True(lines.Length > 1);
        Assert.All(lines.Skip(1), l => Assert.Contains(l.Split(',')[1], (string[])["leaf", "join"]));
        Assert.All(lines.Skip(1), l => Assert.Equal(5, l.Split(',').Length));
    }

    [Fact]
    public async Task TablesComeByCapacityInTheOrderGiven()
    {
        ToolRun run = await ReplayAsync("--policy", "Marconi,SglangPlus,Lru", "--capacity", "2GB,1GB");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.True(run.Out.IndexOf("· 2GB", StringComparison.Ordinal) < run.Out.IndexOf("· 1GB", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task APolicyNamedTwiceIsReplayedOnce()
        => Assert.Single(await JsonAsync("--policy", "Lru,lru", "--policy", "Lru"));

    [Fact]
    public async Task ATraceNamedTwiceIsReplayedOnce()
        => Assert.Single(await JsonAsync("--policy", "Lru", _workplace.Trace));

    [Fact]
    public async Task OneJobGivesTheResultsOfMany()
    {
        JsonElement[] one = await JsonAsync("--capacity", "70MB,1GB", "--jobs", "1");
        JsonElement[] many = await JsonAsync("--capacity", "70MB,1GB", "--jobs", "8");
        string[] compared = [.. Properties.Except(["seconds", "requestsPerSecond"])];
        Assert.Equal(one.Select(Compared), many.Select(Compared));

        string Compared(JsonElement o) => string.Join('|', compared.Select(p => o.GetProperty(p).GetRawText()));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private async Task<JsonElement[]> JsonAsync(params string[] options)
    {
        string path = _workplace.PathOf("results.json");
        ToolRun run = await ReplayAsync([.. options, "--json", path]);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(["results.json"], _workplace.Results);
        return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray()];
    }

    private Task<ToolRun> ReplayAsync(params string[] options) => ToolRun.OfAsync(["replay", _workplace.Trace, .. options.Contains("--capacity") ? [] : (string[])["--capacity", "1TB"], .. options]);
}
