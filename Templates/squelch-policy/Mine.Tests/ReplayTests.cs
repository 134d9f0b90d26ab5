using Squelch.Lab;
using Squelch.Policies;

/// <summary>The policy at work: sessions of agents, made from a seed and so the same in every run, in a cache that is too small for them.</summary>
public class ReplayTests
{
    private static readonly TraceRecipe s_agents = new() { Family = TraceFamily.Agent, Sessions = 20, Times = new() { Seed = 1 } };

    [Fact]
    public void ItReusesAtLeastWhatLruReuses()
    {
        var trace = new Trace("agents", PageTokens: 1, [.. TraceGenerator.Generate(s_agents)]);
        var options = new ReplayOptions { CapacityBytes = 10_000_000_000 };

        ReplayResult own = Replay.Run<NamedPolicy>(trace, options);
        ReplayResult lru = Replay.Run<Lru>(trace, options);

        Assert.True(own.LeafEvictions > 0, "The cache holds all, so the replay says nothing of the policy: take a smaller one.");
        Assert.True(own.HitTokens > 0, "Nothing was reused.");
        Assert.True(own.TokenHitRate >= lru.TokenHitRate, $"{own.TokenHitRate:P1} of the input tokens were reused, and {lru.TokenHitRate:P1} under LRU.");
    }
}
