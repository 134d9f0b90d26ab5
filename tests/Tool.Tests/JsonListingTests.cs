using System.Text.Json;
using System.Text.RegularExpressions;
using Squelch.Tests;

namespace Squelch.Tool.Tests;

public sealed class JsonListingTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task PoliciesAreAnArrayOfWhatExplainTellsOfOne()
    {
        JsonElement[] all = [.. (await JsonAsync("policies", "--json")).EnumerateArray()];
        JsonElement one = await JsonAsync("explain", "Marconi", "--json");

        Assert.Equal(PolicyAssemblies.Load([]).Policies.Select(policy => policy.Descriptor.Name), all.Select(policy => policy.GetProperty("name").GetString()));
        Assert.True(JsonElement.DeepEquals(one, all.Single(policy => policy.GetProperty("name").GetString() == "Marconi")));
        Assert.Equal("prunedScan", one.GetProperty("plan").GetProperty("kind").GetString());
        Assert.Equal("atMostOneChild", one.GetProperty("candidates").GetString());
        Assert.Equal(["now", "lastAccess", "flopsSaved", "bytesHeld"], one.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("name").GetString()));
        Assert.Equal((0, 2, 0.1), (Number(one, "minimum"), Number(one, "maximum"), Number(one, "step")));

        static double Number(JsonElement policy, string name) => policy.GetProperty("tunables")[0].GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task AChoiceOfCheckpointsIsToldWhole()
    {
        JsonElement checkpoints = (await JsonAsync("explain", "WorthwhileCheckpoints", "--json")).GetProperty("checkpoints");
        JsonElement formula = checkpoints.GetProperty("formula");

        Assert.Equal((512, 16, true), (checkpoints.GetProperty("everyTokens").GetInt32(), checkpoints.GetProperty("leastSavingTokens").GetInt32(), checkpoints.GetProperty("branchLag").GetBoolean()));
        Assert.Equal(("Worth", 0.0, JsonValueKind.Null), (formula.GetProperty("name").GetString(), formula.GetProperty("above").GetDouble(), formula.GetProperty("best").ValueKind));
        Assert.Equal(["toBranch", "toEnd", "toLag", "kvBytes", "checkpointBytes"], formula.GetProperty("reads").EnumerateArray().Select(read => read.GetProperty("name").GetString()));
        Assert.Equal(512, (await JsonAsync("explain", "DoublingCheckpoints", "--json")).GetProperty("checkpoints").GetProperty("logarithmicFromTokens").GetInt32());
    }

    [Fact]
    public async Task ModelsHaveBytesAndFlops()
    {
        JsonElement model = (await JsonAsync("models", "--json"))[0];
        Assert.Equal(("marconi-7b", 26_787_840, 65_536), (model.GetProperty("name").GetString(), model.GetProperty("checkpointBytes").GetInt64(), model.GetProperty("kvBytesPerToken").GetInt64()));
    }

    [Fact]
    public async Task TraceInfoHasItsNumbers()
    {
        JsonElement info = await JsonAsync("trace", "info", _workplace.Trace, "--json");
        Assert.Equal((12, 3, 11.0), (info.GetProperty("requests").GetInt32(), info.GetProperty("sessions").GetInt32(), info.GetProperty("seconds").GetDouble()));

        // 12 system prompts of 16 tokens, and turns of 20, 40, 60 and 80 in 3 sessions.
        Assert.Equal((12 * 16) + (3 * 200), info.GetProperty("inputTokens").GetInt64());
    }

    [Fact]
    public async Task CompareHasBothValuesAndTheChange()
    {
        string first = await ResultsAsync("first.json", "70MB,1GB");
        string second = await ResultsAsync("second.json", "1GB,2GB");
        JsonElement compared = await JsonAsync("compare", first, second, "--json");

        Assert.Equal((0, 1, 1), (compared.GetProperty("changed").GetInt32(), compared.GetProperty("onlyFirst").GetArrayLength(), compared.GetProperty("onlySecond").GetArrayLength()));
        JsonElement same = Assert.Single(compared.GetProperty("both").EnumerateArray());
        Assert.Equal(("Lru", 1_000_000_000, 0), (same.GetProperty("policy").GetString(), same.GetProperty("capacityBytes").GetInt64(), same.GetProperty("tokenHitRate").GetProperty("change").GetDouble()));
        Assert.Equal(2_000_000_000, compared.GetProperty("onlySecond")[0].GetProperty("capacityBytes").GetInt64());
    }

    [Fact]
    public async Task FeaturesAreThoseOfTheFramework()
    {
        JsonElement words = await JsonAsync("features", "--json");
        JsonElement[] features = [.. words.GetProperty("features").EnumerateArray()];
        Assert.Equal(BuiltInFeatures.All.Select(feature => feature.Name).Append("victimScore"), features.Select(feature => feature.GetProperty("name").GetString()));
        Assert.Equal("ticks", features[0].GetProperty("unit").GetString());
        JsonElement[] places = [.. words.GetProperty("places").EnumerateArray()];
        Assert.Equal(BuiltInFeatures.OfPlaces.Select(place => place.Name), places.Select(place => place.GetProperty("name").GetString()));
        Assert.Equal("tokens from the place to the end of the sequence", places.Single(place => place.GetProperty("name").GetString() == "toEnd").GetProperty("meaning").GetString());
        Assert.Equal(["OnEvict"], features[^1].GetProperty("hooks").EnumerateArray().Select(hook => hook.GetString()));
        Assert.Equal(JsonValueKind.Null, features.Single(feature => feature.GetProperty("name").GetString() == "nextUse").GetProperty("maximum").ValueKind);
    }

    /// <summary>The page of the rule lists the functions as the compiler has them: its own test sees to that.</summary>
    [Fact]
    public void FunctionsAreThoseOfTheCompiler()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "rules", "SQ3001.md"));
        string listed = Regex.Match(page, "> .*static methods and (.*)").Groups[1].Value;
        Assert.Equal(listed, string.Join(", ", PolicyLanguage.Functions));
    }

    [Theory]
    [InlineData("policies")]
    [InlineData("models")]
    [InlineData("features")]
    [InlineData("explain", "Belady")]
    public async Task NamesAreInCamelCase(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args, "--json"]);
        Assert.EndsWith("\n", run.Out, StringComparison.Ordinal);
        Assert.All(Regex.Matches(run.Out, "\"([^\"\n]+)\": ").Select(match => match.Groups[1].Value), name => Assert.Matches("^[a-z][A-Za-z0-9]*$", name));
    }

    /// <summary>In a file the JSON stands beside the table.</summary>
    [Fact]
    public async Task AFileLeavesTheTableWhereItWas()
    {
        string path = _workplace.PathOf("models.json");
        ToolRun run = await ToolRun.OfAsync("models", "--json", path);
        Assert.Contains("marconi-7b", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("[", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArgumentThatWasTakenForTheFileIsExplained()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", "--json", _workplace.Trace);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("put --json last", run.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private async Task<string> ResultsAsync(string name, string capacities)
    {
        string path = _workplace.PathOf(name);
        await ToolRun.OfAsync("replay", _workplace.Trace, "--capacity", capacities, "--policy", "Lru", "--json", path);
        return path;
    }
}
