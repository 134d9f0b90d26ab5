namespace Squelch.Policies.Tests.Keys;

/// <summary>Requests that tell what fetching their keys costs.</summary>
public sealed class KeyCostTests
{
    private static readonly PolicyCatalog s_catalog = PolicyCatalog.From([typeof(Lru).Assembly]);

    public static TheoryData<string> Names => [.. s_catalog.Policies.Select(policy => policy.Descriptor.Name)];

    /// <summary>
    /// Room for two. Gdsf's credits: A 100, B 1; C comes and B goes (1): C has 1 + 1 = 2; A is used: 1 + 2 * 100 = 201; B comes and C goes: B has 3;
    /// A is used. Without costs A is the first to go, and only its last use hits.
    /// </summary>
    [Fact]
    public void TheDearKeyIsKept()
    {
        Trace trace = TraceOf("A100 B1 C1 A100 B1 A100");

        Assert.Equal((2, 200.0, 303.0), Outcome<Gdsf>(trace, 2));
        Assert.Equal((1, 100.0, 303.0), Outcome<Lru>(trace, 2));
        Assert.Equal((1, null, null), Outcome<Gdsf>(TraceOf("A B C A B A"), 2));
        Assert.Equal(200 / 303.0, Replay.Run<Gdsf>(trace, new() { CapacityBytes = 2 }).CostSavedShare);
        Assert.Equal(2 / 6.0, Replay.Run<Gdsf>(trace, new() { CapacityBytes = 2 }).FlopsSavedShare);
        Assert.Null(Replay.Run<Gdsf>(TraceOf("A B C A B A"), new() { CapacityBytes = 2 }).CostSavedShare);
    }

    /// <summary>Gdsf works its credit out when the key is used, Pensieve's column of FLOPs has to be told. A key whose new cost is not known keeps the old one.</summary>
    [Theory]
    [InlineData("A100 B10 A1 C10", "A")]
    [InlineData("A1 B10 A100 C10", "B")]
    [InlineData("A100 B10 A C10", "B")]
    [InlineData("A100 B10 A0 C10", "A")]
    [InlineData("A B10 C10", "A")]
    [InlineData("A B0.25 C10", "B")]
    public void AKeyThatComesWithAnotherCostTakesIt(string script, string victim)
    {
        foreach (Func<NodeTable, ulong, IVictimSelector> policy in (Func<NodeTable, ulong, IVictimSelector>[])[default(Gdsf).CreateSelector, default(Pensieve).CreateSelector])
        {
            var keys = new KeyCache(policy, 2);
            foreach ((char key, double cost) in Parse(script))
            {
                keys.Request(new(key, Cost: cost));
            }

            Assert.False(keys.Contains(victim[0]));
            Assert.Equal(2, keys.Count);
        }

        Assert.Equal(victim, Victims<Gdsf>(script));
        Assert.Equal(victim, Victims<Pensieve>(script));
    }

    [Fact]
    public void AnotherKeyInTheSamePlaceDoesNotTakeTheCost()
    {
        NodeTable? nodes = null;
        var cache = new KeyCache((table, seed) => default(Lru).CreateSelector(nodes = table, seed), 1);
        cache.Request(new(1, Cost: 100));
        Assert.Equal([100.0], Costs());
        cache.Request(new(2));
        Assert.Equal([1.0], Costs());
        cache.Request(new(1, Cost: -0.0));
        Assert.Equal([0.0], Costs());
        Assert.False(double.IsNegative(Costs()[0]));

        double[] Costs()
        {
            int[] keys = [.. Enumerable.Range(0, nodes!.Capacity).Where(node => nodes.IsLive(node) && !nodes.IsRoot(node))];
            Assert.All(keys, key => Assert.Equal(nodes.PathFlops(key), nodes.FlopsSaved(key)));
            return [.. keys.Select(nodes.FlopsSaved)];
        }
    }

    /// <summary>A cost of 1 is what the model says anyway: the same hits and victims, under every policy.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void CostsOfOneAreAsNone(string name)
    {
        RegisteredPolicy policy = s_catalog.Find(name);
        Trace none = RandomTrace(seed: 3, _ => double.NaN);
        Trace ones = RandomTrace(seed: 3, _ => 1);
        (ReplayResult expected, List<(bool, long)> expectedSteps) = Watched(policy, none);
        (ReplayResult actual, List<(bool, long)> steps) = Watched(policy, ones);

        Assert.Equal(expectedSteps, steps);
        Assert.Equal(expected.FlopsSavedShare, actual.CostSavedShare);
        Assert.Equal((double)ones.Requests.Count, actual.CostWithoutCache);
        Assert.Equal(expected.TunedValue, actual.TunedValue);
    }

    /// <summary>What is tallied is what the hits cost. Policies of whole blocks have none, since a key is less than a block.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsSavedIsTheCostOfTheHits(string name)
    {
        Trace trace = RandomTrace(seed: 4, random => random.Next(3) * 50);
        (ReplayResult result, List<(bool Hit, long)> steps) = Watched(s_catalog.Find(name), trace);

        Assert.Equal(trace.Requests.Zip(steps.Where(step => step.Item2 < 0), (request, step) => step.Hit ? request.Cost : 0).Sum(), result.CostSaved);
        Assert.Equal(trace.Requests.Sum(request => request.Cost), result.CostWithoutCache);
        Assert.InRange(result.CostSavedShare!.Value, steps.Any(step => step.Hit) ? 0.01 : 0, 0.99);
    }

    /// <summary>The tuner takes the value that saves the most of the costs over its window, as replays of the window find it one by one; here that is not the value with the most hits.</summary>
    [Fact]
    public void TheTunerSavesCosts()
    {
        Trace trace = RandomTrace(seed: 3, random => random.Next(20) == 0 ? 500 : 1 + random.Next(3));
        ReplayResult tuned = Replay.Run<Marconi>(trace, new() { CapacityBytes = 150 });
        Trace window = trace with { Requests = [.. trace.Requests.Take((int)tuned.BootstrapWindow!.Value)] };
        ReplayResult[] fixedAlpha = [.. Marconi.Descriptor.Tunables[0].Grid().Select(alpha => Replay.Run<Marconi>(window, new() { CapacityBytes = 150, Tunables = new Dictionary<string, double> { ["Alpha"] = alpha } }))];

        Assert.Equal(fixedAlpha.MaxBy(result => result.CostSaved)!.Tunables["Alpha"], tuned.TunedValue);
        Assert.NotEqual(fixedAlpha.MaxBy(result => result.HitRequests)!.Tunables["Alpha"], tuned.TunedValue);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(2e22)]
    public void ACostThatCannotBeIsRefusedAndChangesNothing(double cost)
    {
        var keys = new KeyCache(default(Gdsf).CreateSelector, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => keys.Request(new(1, Cost: cost)));
        Assert.Equal(0, keys.Requests);

        using var cache = new PrefixCache<Gdsf>(Options());
        Assert.Contains("A cost lies between 0 and 1E+22", Assert.Throws<ArgumentOutOfRangeException>(() => cache.Lookup([1], hints: new(Cost: cost))).Message, StringComparison.Ordinal);
        Assert.Equal(0, cache.Lookups);
    }

    [Fact]
    public void CostsOfPrefixesAreTheModels()
    {
        using var prefixes = new PrefixCache<Gdsf>(Options() with { Model = ModelShape.PaperHybrid, CapacityBytes = 1L << 40 });
        Assert.Contains("under marconi-7b", Assert.Throws<ArgumentException>(() => prefixes.Lookup([1], hints: new(Cost: 5))).Message, StringComparison.Ordinal);

        using var keys = new PrefixCache<Gdsf>(Options());
        Assert.Contains("2 pages", Assert.Throws<ArgumentException>(() => keys.Lookup([1, 2], hints: new(Cost: 5))).Message, StringComparison.Ordinal);
        Lease lease = keys.Lookup([1], hints: new(Cost: 5));
        Assert.Throws<ArgumentException>(() => keys.Commit(lease, [1, 2]));
        Assert.True(keys.Commit(lease, [1]).Admitted);
        Assert.Equal((1, 0), (keys.NodeCount, keys.OpenLeases));
    }

    [Fact]
    public void HintsWithoutACostAreAsNone()
    {
        Assert.Equal(default, new RequestHints(Cost: double.NaN));
        Assert.True(double.IsNaN(default(RequestHints).Cost));
        Assert.Equal(0, new RequestHints(Cost: 0).Cost);
        Assert.NotEqual(default, new RequestHints(Cost: 0));
    }

    [Fact]
    public void CostsAllocateNothing()
    {
        var keys = new KeyCache(default(Gdsf).CreateSelector, 500);
        using var cache = new PrefixCache<Hyperbolic>(Options() with { CapacityBytes = 500 });
        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            for (int i = 0; i < 5000; i++)
            {
                int key = i * i % 1999;
                keys.Request(new((ulong)key, Cost: i % 7));
                cache.Commit(cache.Lookup([key], hints: new(Cost: i % 7)), [key]);
            }
        }
    }

    private static PrefixCacheOptions Options() => new() { CapacityBytes = 100, Model = ModelShape.Keys };

    private static (int Hits, double? Saved, double? All) Outcome<TPolicy>(Trace trace, long capacity)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ReplayResult result = Replay.Run<TPolicy>(trace, new() { CapacityBytes = capacity });
        return (result.HitRequests, result.CostSaved, result.CostWithoutCache);
    }

    /// <summary>Hits by request, and victims by when they were made, as they come.</summary>
    private static (ReplayResult Result, List<(bool Hit, long Victim)> Steps) Watched(RegisteredPolicy policy, Trace trace)
    {
        List<(bool, long)> steps = [];
        ReplayResult result = policy.Replay(trace, new ReplayOptions
        {
            CapacityBytes = 60,
            OnRequest = record => steps.Add((record.Hit, -1)),
            OnVictim = record => steps.Add((false, record.Node)),
        });
        return (result, steps);
    }

    private static string Victims<TPolicy>(string script)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        Trace trace = TraceOf(script);
        string resident = "";
        using var cache = new PrefixCache<TPolicy>(Options() with { CapacityBytes = 2 });
        foreach (Request request in trace.Requests)
        {
            cache.Commit(cache.Lookup(request.Pages.Span, hints: new(Cost: request.Cost)), request.Pages.Span);
            resident += (char)request.Pages.Span[0];
        }

        return new([.. resident.Distinct().Where(key => cache.Lookup([key]).HitTokens == 0)]);
    }

    private static Trace RandomTrace(int seed, Func<Random, double> cost)
    {
        (var keys, var costs) = (new Random(seed), new Random(seed));
        return new("keys", 12, [.. Enumerable.Range(0, 3000).Select(i => new Request
        {
            Pages = new[] { (int)(40 * keys.NextDouble() * keys.NextDouble()) },
            InputPages = 1,
            InputTokens = 1 + keys.Next(12),
            Time = i,
            Cost = cost(costs),
        })])
        { Model = ModelShape.Keys };
    }

    private static Trace TraceOf(string script) => new("keys", 1, [.. Parse(script).Select(request => new Request { Pages = new[] { (int)request.Key }, InputPages = 1, InputTokens = 1, Cost = request.Cost })]) { Model = ModelShape.Keys };

    private static IEnumerable<(char Key, double Cost)> Parse(string script)
        => script.Split(' ').Select(word => (word[0], word.Length == 1 ? double.NaN : double.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture)));
}
