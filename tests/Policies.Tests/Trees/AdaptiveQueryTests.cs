
namespace Squelch.Policies.Tests.Trees;

public sealed class AdaptiveQueryTests
{
    /// <summary>
    /// Room for three; A, B and C are all marked when D comes at index 3, so a new phase begins and all three are asked about: A is used at 4, B at 6, C
    /// never. C goes. A (4) hits. E comes at 5: D and A are marked, B is not: B goes, though it is used at 6. F comes for B at 6: it was dropped in this
    /// phase, a mistake; A, D and E are marked, so a new phase begins: A is used at 7, D and E never, and D was made first. D goes.
    /// </summary>
    [Fact]
    public void TheFarthestOfTheUnmarkedGoes() => Assert.Equal("CBD", Victims("ABCDAEBA", 3, 64, default));

    /// <summary>One question per victim cannot choose: it is marking by chance. More questions, fewer misses; an oracle that errs by e^5 is no better than chance.</summary>
    [Fact]
    public void MoreAndBetterAnswersSaveMore()
    {
        var draws = new Random(1);
        string script = string.Concat(Enumerable.Range(0, 6_000).Select(_ => (char)(100 + (int)(300 * Math.Pow(draws.NextDouble(), 3)))));
        int one = Hits(script, 1, default);
        int four = Hits(script, 4, default);
        int many = Hits(script, 64, default);
        int misled = Hits(script, 64, new(5, 1));

        Assert.True(one < four && four < many, $"{one} < {four} < {many}");
        Assert.True(misled < many, $"{misled} < {many}");
        Assert.True(misled > 0.9 * one, $"wrong answers cost little: {misled} against {one} by chance");
    }

    [Fact]
    public void WithoutAPredictorItMarksByChance()
    {
        using var cache = new PrefixCache<AdaptiveQuery>(new() { CapacityBytes = 200_000_000 });
        for (int i = 1; i < 200; i++)
        {
            int[] pages = [i];
            cache.Commit(cache.Lookup(pages), pages);
        }

        Assert.Equal(7, cache.NodeCount);
    }

    /// <summary>Drives a cache as a replay does, because only the cache knows which node goes.</summary>
    private static string Victims(string script, int room, double queries, OracleNoise noise)
    {
        ModelShape model = ModelShape.PaperHybrid;
        Trace trace = Keys(script);
        string victims = "";
        FutureSelector? future = null;
        PrefixCache<AdaptiveQuery>? cache = null;
        using (cache = new(new AdaptiveQuery { Queries = queries }, new()
        {
            CapacityBytes = room * (model.CheckpointBytes + model.KvBytes(1)),
            Accelerate = selector => future = new(selector, FutureUses.Of(trace), i => (2.0 * i) + 1, noise),
            OnVictim = victim => victims += (char)cache!.Nodes.EdgeKey(victim.Node),
        }))
        {
            future!.Nodes = cache.Nodes;
            for (int i = 0; i < script.Length; i++)
            {
                future.Request = i;
                cache.Commit(cache.Lookup(trace.Requests[i].Pages.Span), trace.Requests[i].Pages.Span);
            }
        }

        return victims;
    }

    private static int Hits(string script, double queries, OracleNoise noise)
        => Replay.Run<AdaptiveQuery>(Keys(script), new()
        {
            CapacityBytes = 60 * (ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(1)),
            Tunables = new Dictionary<string, double> { ["Queries"] = queries },
            Noise = noise,
        }).HitRequests;

    private static Trace Keys(string script)
        => new("keys", 1, [.. script.Select(key => new Request { Pages = new[] { (int)key }, InputPages = 1, InputTokens = 1 })]);
}
