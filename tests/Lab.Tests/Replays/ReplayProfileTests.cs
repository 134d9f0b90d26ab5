using Squelch.Policies;

namespace Squelch.Lab.Tests;

/// <summary>What a profile says must add up to what the replay's totals say.</summary>
public sealed class ReplayProfileTests
{
    [SkippableFact]
    public void ThePartsAddUpToTheTotals()
    {
        const string File = "oasst-trees_sps=1.jsonl.gz";
        string? path = SharedData.Trace(File);
        Skip.If(path is null, SharedData.Missing(File, "SQUELCH_TRACES"));
        AddsUp(TraceReader.Load(path!));
    }

    [Fact]
    public void ThePartsOfASeededTraceAddUpToo() => AddsUp(TraceReader.Load(SeededTraces.Golden("chat-small_sps=1_nums=24")));

    private static void AddsUp(Trace trace)
    {
        List<(int Checkpoints, long Kv)> held = [];
        ReplayResult result = Replay.Run<Marconi>(trace, new() { CapacityBytes = 3_000_000_000, Profile = true, OnRequest = record => held.Add((record.Checkpoints, record.KvTokens)) });
        ReplayProfile profile = result.Profile!;

        Assert.Equal(SamplingUnit.Session, profile.Unit);
        Assert.Equal(trace.Requests.Select(request => request.Session).Distinct().Count(), profile.Units.Count);
        Assert.Equal((result.InputTokens, result.HitTokens), (profile.Units.Sum(unit => unit.Input), profile.Units.Sum(unit => unit.Hit)));
        Assert.Equal((result.InputTokens, result.HitTokens), (profile.Lengths.Sum(band => band.Tokens.Input), profile.Lengths.Sum(band => band.Tokens.Hit)));
        Assert.Equal(result.Requests, profile.Lengths.Sum(band => band.Requests));
        Assert.Equal((result.InputTokens, result.HitTokens), (profile.Steps.Sum(step => step.Tokens.Input), profile.Steps.Sum(step => step.Tokens.Hit)));
        Assert.Equal((result.LeafEvictions, result.JoinEvictions), (profile.Steps.Sum(step => step.LeafEvictions), profile.Steps.Sum(step => step.JoinEvictions)));
        Assert.Equal(result.Requests, profile.Steps[^1].Requests);
        Assert.Equal(["Recency", "FlopEfficiency"], profile.Terms);
        Assert.Contains(profile.Steps, step => step.Terms.Count == 2);
        Assert.Equal(result.Ttft.P50, profile.TtftQuantiles[50]);
        Assert.Equal(result.TtftFloored.P95, profile.TtftFlooredQuantiles[95]);

        ModelShape model = ModelShape.PaperHybrid;
        Assert.All(profile.Steps, step =>
        {
            ContentBytes content = step.Content;
            (int checkpoints, long kv) = held[step.Requests - 1];
            Assert.Equal(model.KvBytes(kv), content.LeafKv + content.InnerKv);
            Assert.Equal(checkpoints * model.CheckpointBytes, content.LeafCheckpoints + content.ChainCheckpoints + content.BranchCheckpoints);
        });
    }

    [Fact]
    public void WithoutSessionsAUnitIsAHundredRequests()
    {
        var trace = new Trace("keys", 1, [.. Enumerable.Range(1, 250).Select(key => new Request { Pages = new[] { key }, InputPages = 1, InputTokens = 1 })]);
        ReplayProfile profile = Replay.Run<Lru>(trace, new() { CapacityBytes = 100_000_000, Profile = true }).Profile!;

        Assert.Equal(SamplingUnit.Hundred, profile.Unit);
        Assert.Equal([100, 100, 50], profile.Units.Select(unit => unit.Input));
    }
}
