namespace Squelch.Tool.Tests;

/// <summary>What can be changed of a policy, and that a changed policy is the one that declares the same.</summary>
public sealed class AblationSpaceTests
{
    private const long Capacity = 2_000_000_000;

    private static readonly PolicyCatalog s_catalog = PolicyAssemblies.Load([]);
    private static readonly Trace s_trace = new("agents", 1, [.. TraceGenerator.Generate(new() { Family = TraceFamily.Agent, Sessions = 12 })]);

    [Theory]
    [InlineData("Marconi", "leaves|whole path|Alpha 1|without Recency, Alpha 1|recency alone|random|aligned to 64 tokens|with every 8,192 tokens|without branch points|without last token")]
    [InlineData("SglangPlus", "at most one child|deepest node|random|aligned to 64 tokens|with every 8,192 tokens|without branch points|without last token")]
    [InlineData("SegLen", "leaves|whole path|Weight 0|Weight 1|without Recency|recency alone|random|aligned to 64 tokens|with every 8,192 tokens|without branch points|without last token")]
    [InlineData("VllmPlus", "at most one child|deepest node|random|with branch points|with last token")]
    [InlineData("DoublingCheckpoints", "leaves|whole path|random|aligned to 64 tokens|without branch points|without last token|without doubling distances")]
    [InlineData("WorthwhileCheckpoints", "leaves|whole path|random|aligned to 64 tokens|without every 512 tokens|without branch points|without last token|without former ways out|without a least saving|all places, without Worth")]
    [InlineData("Sieve", "at most one child|whole path|recency alone|random|aligned to 64 tokens|with every 8,192 tokens|without branch points|without last token")]
    public void ThePartsOfAPolicyAreChanged(string policy, string changes)
        => Assert.Equal(changes.Split('|'), SpaceOf(policy).Changes.Select(change => change.Name));

    [Fact]
    public void AWeightThatIsSetIsTriedAtTheOthers()
        => Assert.Equal(
            ["Alpha 0", "Alpha 1", "without Recency", "recency alone", "random"],
            SpaceOf("Marconi", ("Alpha", 0.5)).Changes.Where(change => change.Aspect == Aspect.Score).Select(change => change.Name));

    [Theory]
    [InlineData("Sieve", "written by hand")]
    [InlineData("Marconi", null)]
    [InlineData("Lru", null)]
    public void WhatCannotBeTakenApartIsSaid(string policy, string? why)
    {
        IReadOnlyList<string> notes = SpaceOf(policy).Notes;
        Assert.Equal(why is null ? 0 : 1, notes.Count);
        Assert.All(notes, note => Assert.Contains(why!, note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Marconi")]
    [InlineData("VllmPlus")]
    public void EveryCombinationHasItsPlace(string policy)
    {
        AblationSpace space = SpaceOf(policy);
        Assert.Empty(space.Combinations[0]);
        Assert.Equal(Enumerable.Range(0, space.Combinations.Count), space.Combinations.Select(combination => space.IndexOf(combination)));
        Assert.Equal(Enum.GetValues<Aspect>().Aggregate(1, (all, aspect) => all * (1 + space.Changes.Count(change => change.Aspect == aspect))), space.Combinations.Count);
    }

    /// <summary>Changed parts make the policies that are declared so.</summary>
    [Theory]
    [InlineData("Marconi", "", "Marconi", 0.0)]
    [InlineData("Marconi", "Alpha 1", "Marconi", 1.0)]
    [InlineData("Marconi", "leaves|whole path|recency alone", "SglangPlus", null)]
    [InlineData("SglangPlus", "at most one child|deepest node|random", "RandomNode", null)]
    [InlineData("WorthwhileCheckpoints", "", "WorthwhileCheckpoints", null)]
    public void AChangedPolicyIsTheOneThatIsDeclaredSo(string policy, string changes, string declared, double? alpha)
    {
        AblationSpace space = SpaceOf(policy);
        ReplayResult expected = Replayed(alpha is { } value ? Of(declared).With("Alpha", value) : Of(declared));

        Assert.True(expected.LeafEvictions + expected.JoinEvictions > 10);
        Assert.Equal(Told(expected), Told(Replayed(space.Policy([.. changes.Split('|').Where(name => name.Length > 0).Select(name => space.Changes.Single(change => change.Name == name))]))));
    }

    /// <summary>Recency with FLOPs left out is recency, whatever their weight was.</summary>
    [Fact]
    public void ATermLeftOutWeighsNothing()
    {
        PolicySettings untuned = Of("Marconi").With("Alpha", 0);
        PolicyParts parts = new(untuned.Policy.Descriptor with { Tunables = [], BootstrapTunable = null }, (nodes, seed) => new TermLeftOut((FormulaSelector)untuned.Policy.CreateSelector([2.0], nodes, seed), term: 1, terms: 2));

        ReplayResult leftOut = Replayed(PolicySettings.Of(new AblatedPolicy(untuned.Policy, parts)));

        Assert.Equal(Told(Replayed(untuned)), Told(leftOut));
        Assert.NotEqual(Told(Replayed(untuned.With("Alpha", 2))), Told(leftOut));
    }

    [Fact]
    public void WhoKnowsTheFutureIsRefused()
        => Assert.Contains("Belady knows the future", Assert.Throws<UsageException>(() => SpaceOf("Belady")).Message, StringComparison.Ordinal);

    private static PolicySettings Of(string policy) => PolicySettings.Of(s_catalog.Find(policy));

    private static AblationSpace SpaceOf(string policy, params (string Tunable, double Value)[] tunables)
        => new(tunables.Aggregate(Of(policy), (settings, tunable) => settings.With(tunable.Tunable, tunable.Value)), s_catalog);

    private static ReplayResult Replayed(PolicySettings policy)
        => policy.Replay(s_trace, new() { CapacityBytes = Capacity, Tunables = policy.Tunables });

    private static (long, int, long, long, long) Told(ReplayResult result)
        => (result.HitTokens, result.HitRequests, result.LeafEvictions, result.JoinEvictions, result.KvTokens);
}
