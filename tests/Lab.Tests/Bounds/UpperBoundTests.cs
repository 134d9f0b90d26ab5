namespace Squelch.Lab.Tests.Bounds;

public sealed class UpperBoundTests
{
    private const int MostOrders = 20_000;

    private static readonly AdmissionDescriptor s_usual = new(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 1);

    private static readonly ModelShape[] s_models = [ModelCatalog.Find("tiny"), ModelCatalog.Find("tinykv"), ModelCatalog.Find("transformer-7b")];

    public static TheoryData<Checkpoints, int, int, Candidates> Admissions
    {
        get
        {
            var all = new TheoryData<Checkpoints, int, int, Candidates>();
            foreach (Candidates candidates in Enum.GetValues<Candidates>())
            {
                for (int kinds = 0; kinds < 8; kinds++)
                {
                    all.Add((Checkpoints)kinds, ((Checkpoints)kinds).HasFlag(Checkpoints.Interval) ? 2 : 0, 1, candidates);
                }

                all.Add(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 2, candidates);
            }

            return all;
        }
    }

    /// <summary>Two sequences of two tokens, each asked for twice in turns, and room for one: one of the two second requests hits, so two of eight tokens.</summary>
    [Fact]
    public void WhatDoesNotFitAtOnceIsNotCountedTwice()
    {
        ModelShape model = s_models[2];
        Trace trace = Tokens([1, 2], [3, 4], [1, 2], [3, 4]);

        // Between the second and the third request, both are wanted; a cache that admits as it likes keeps one, the other's second request is lost.
        Assert.Equal(2, UpperBound.HitTokens(trace, model, model.KvBytes(2)));

        // A prefix cache holds what it was given last, so nothing of the other sequence is left.
        Assert.Equal(0, UpperBound.HitTokens(trace, model, model.KvBytes(2), s_usual, Candidates.Leaves));
        Assert.Equal(4, UpperBound.HitTokens(trace, model, model.KvBytes(4)));
        Assert.Equal(4, UpperBound.HitTokens(trace, model, model.KvBytes(4), s_usual, Candidates.Leaves));
    }

    /// <summary>Of a sequence that is larger than the cache the beginning is kept where leaves are trimmed: the bound must allow for its hits.</summary>
    [Fact]
    public void BeginningsOfLargeSequencesCount()
    {
        ModelShape model = s_models[2];
        Trace trace = Tokens([1, 2, 3, 4], [1, 2, 3, 5]);
        PolicyDescriptor policy = new() { Name = "Trimming", Plan = new(PlanKind.Custom, []), Admission = s_usual with { KeepsBeginnings = true }, Trim = 1 };
        using var cache = new PrefixCache(policy, new() { CapacityBytes = model.KvBytes(3), Model = model }, default(Squelch.Policies.Lru).CreateSelector);
        cache.Commit(cache.Lookup([1, 2, 3, 4]), [1, 2, 3, 4]);

        Assert.Equal(3, cache.Lookup([1, 2, 3, 5]).HitTokens);
        Assert.Equal(3, UpperBound.HitTokens(trace, model, model.KvBytes(3), policy.Admission, policy.Candidates));
        Assert.Equal(0, UpperBound.HitTokens(trace, model, model.KvBytes(3), s_usual, policy.Candidates));
    }

    /// <summary>A beginning that is shared pays once: eight requests for it and one token more each, all of which hit, and room for hardly more than it.</summary>
    [Fact]
    public void WhatIsSharedPaysOnce()
    {
        ModelShape model = s_models[2];
        Trace trace = Tokens([.. Enumerable.Range(0, 9).Select(i => (int[])[1, 2, 3, 4, 10 + i])]);

        Assert.Equal(8 * 4, UpperBound.HitTokens(trace, model, model.KvBytes(4)));
        Assert.Equal(8 * 4, UpperBound.HitTokens(trace, model, model.KvBytes(5), s_usual, Candidates.Leaves));
    }

    /// <summary>The first request that parts from another leaves a checkpoint there, but cannot hit; a cache that admits as it likes had one already.</summary>
    [Fact]
    public void AnAdmissionEndsHitsWhereItLeavesCheckpoints()
    {
        Trace trace = Tokens([1, 2, 3], [1, 2, 4], [1, 2, 5]);

        Assert.Equal(4, UpperBound.HitTokens(trace, s_models[0], 1L << 40));
        Assert.Equal(2, UpperBound.HitTokens(trace, s_models[0], 1L << 40, s_usual, Candidates.AtMostOneChild));
    }

    [Fact]
    public void WhereThereIsNothingToHitThereIsNoBound()
    {
        Assert.Equal(0, UpperBound.HitTokens(Tokens(), s_models[0], 1));
        Assert.Equal(0, UpperBound.HitTokens(Tokens([1, 2]), s_models[0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UpperBound.HitTokens(Tokens([1]), s_models[0], 0));
    }

    /// <summary>No order of evictions exceeds either bound, on random traces of every kind, for every admission.</summary>
    [Theory]
    [MemberData(nameof(Admissions))]
    public void NoOrderOfEvictionsExceedsIt(Checkpoints checkpoints, int every, int align, Candidates candidates)
        => AssertNoOrderExceeds(seed => new(checkpoints, every * PageTokens(seed), align * PageTokens(seed)), candidates);

    /// <summary>The same where not all places get a checkpoint: what is proven of an admission that keeps them all does not hold of one that chooses.</summary>
    [Theory]
    [InlineData(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 2, "")]
    [InlineData(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 0, "inner")]
    [InlineData(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 0, "one")]
    [InlineData(Checkpoints.Interval, 2, 0, "inner")]
    [InlineData(Checkpoints.Interval, 2, 0, "one")]
    [InlineData(Checkpoints.Logarithmic | Checkpoints.LastToken, 1, 0, "")]
    [InlineData(Checkpoints.Logarithmic | Checkpoints.BranchPoint, 1, 0, "inner")]
    [InlineData(Checkpoints.BranchLag | Checkpoints.BranchPoint, 0, 0, "")]
    [InlineData(Checkpoints.BranchLag | Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 0, "one")]
    public void NoOrderOfEvictionsExceedsItWhereCheckpointsAreChosen(Checkpoints checkpoints, int every, int leastSaving, string chooses)
    {
        CheckpointFormula? formula = chooses switch
        {
            "inner" => new("Inner", "", Above: 0, Best: 0, BuiltInFeatures.OfPlaces, static (in CheckpointPlace at) => at.ToEnd),
            "one" => new("One", "", double.NegativeInfinity, Best: 1, BuiltInFeatures.OfPlaces, static (in CheckpointPlace at) => at.FromLastCheckpoint % 3),
            _ => null,
        };
        foreach (Candidates candidates in Enum.GetValues<Candidates>())
        {
            AssertNoOrderExceeds(seed => new(checkpoints, every * PageTokens(seed), 1) { LeastSaving = leastSaving, Formula = formula }, candidates);
        }
    }

    private static void AssertNoOrderExceeds(Func<int, AdmissionDescriptor> admissionOf, Candidates candidates)
    {
        int tried = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            int pageTokens = PageTokens(seed);
            int trim = seed % 4 < 2 ? 0 : pageTokens * (1 + (seed % 2));
            AdmissionDescriptor admission = admissionOf(seed) with { KeepsBeginnings = trim > 0 };
            Trace trace = SmallTraces.Of(seed, 7, 4, pageTokens);
            foreach (ModelShape model in s_models)
            {
                long capacity = model.CheckpointBytes + model.KvBytes(pageTokens * (1 + (seed % 7)));
                capacity += seed % 2 * model.CheckpointBytes;
                var policy = new PolicyDescriptor { Name = "scripted", Plan = new(PlanKind.Custom, []), Admission = admission, Candidates = candidates, Trim = trim };
                if (ScriptedEvictions.Optimum(trace, policy, model, capacity, MostOrders) is { } optimum)
                {
                    tried++;
                    long any = UpperBound.HitTokens(trace, model, capacity);
                    long own = UpperBound.HitTokens(trace, model, capacity, admission, candidates);
                    Assert.True(optimum <= own, $"seed {seed}, {model.Name}, {capacity} bytes: {optimum} hit, {own} is the bound of the admission");
                    Assert.True(optimum <= any, $"seed {seed}, {model.Name}, {capacity} bytes: {optimum} hit, {any} is the bound of any admission");
                }
            }
        }

        Assert.True(tried > 100, $"only {tried} traces were small enough");
    }

    private static int PageTokens(int seed) => seed % 3 == 0 ? 3 : 1;

    private static Trace Tokens(params int[][] sequences)
        => new("tokens", 1, [.. sequences.Select(pages => new Request { Pages = pages, InputPages = pages.Length, InputTokens = pages.Length })]);
}
