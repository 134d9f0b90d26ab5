using Squelch.Policies;

namespace Squelch.Lab.Tests.Bounds;

public sealed class BestOfflineRuleTests
{
    private const int MostOrders = 20_000;

    private static readonly AdmissionDescriptor s_usual = new(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 1);

    /// <summary>
    /// Nobody goes on from the first sequence, but the third request parts from it and the fourth hits there. Belady sees no use of it as a checkpoint and
    /// drops it for the second; the best offline rule does not.
    /// </summary>
    [Fact]
    public void ALeafThatWillBeSplitIsKept()
    {
        ModelShape model = ModelCatalog.Find("tiny");
        Trace trace = Tokens([1, 2, 3, 4, 5], [20], [30], [1, 2, 3, 4, 6], [1, 2, 3, 4, 7]);
        long capacity = (3 * model.CheckpointBytes) + model.KvBytes(7);

        long bound = UpperBound.HitTokens(trace, model, capacity, s_usual, Candidates.AtMostOneChild);
        BestOfflineRule best = BestOfflineRule.Find(trace, model, capacity, s_usual, Candidates.AtMostOneChild, bound);

        Assert.Equal(4, bound);
        Assert.Equal(4, best.HitTokens);
        Assert.Equal(0, Replay.Run<Belady>(trace, new ReplayOptions { CapacityBytes = capacity, Model = model }).HitTokens);
    }

    /// <summary>What a rule does can be done: it never exceeds the true optimum, and mostly reaches it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ItStaysWithinTheOptimum(int pageTokens)
    {
        (int tried, int reached) = (0, 0);
        for (int seed = 0; seed < 150; seed++)
        {
            ModelShape model = ModelCatalog.Find(seed % 2 == 0 ? "tiny" : "tinykv");
            Trace trace = SmallTraces.Of(seed, 8, 4, pageTokens);
            long capacity = (2 * model.CheckpointBytes) + model.KvBytes(pageTokens * (1 + (seed % 7)));
            long?[] optima = [.. Enum.GetValues<Candidates>().Select(candidates => ScriptedEvictions.Optimum(trace, Policy(candidates), model, capacity, MostOrders))];
            if (optima.All(known => known is not null))
            {
                long optimum = optima.Max()!.Value;
                BestOfflineRule best = BestOfflineRule.Find(trace, model, capacity, s_usual, Candidates.AtMostOneChild, long.MaxValue);
                tried++;
                reached += best.HitTokens == optimum ? 1 : 0;
                Assert.True(best.HitTokens <= optimum, $"seed {seed}: {best} exceeds {optimum}");
            }
        }

        Assert.True(tried > 50 && reached > 0.9 * tried, $"{reached} of {tried} optima reached");
    }

    /// <summary>With one key each, of the size 1, the farthest next use is the optimum (Belady), and no scores are needed.</summary>
    [Fact]
    public void KeysOfOneSizeGoByTheirNextUse()
    {
        var trace = new Trace("keys", 1, [.. Enumerable.Range(0, 400).Select(i => 1 + (int)((uint)(i * 2654435761) >> 28)).Select(key => new Request { Pages = new[] { key }, InputPages = 1, InputTokens = 1 })])
        {
            Model = ModelShape.Keys,
        };
        long bound = UpperBound.HitTokens(trace, ModelShape.Keys, 4, s_usual, Candidates.Leaves);
        long best = BestOfflineRule.Find(trace, ModelShape.Keys, 4, s_usual, Candidates.Leaves, bound).HitTokens;

        Assert.Equal(Replay.Run<Belady>(trace, new ReplayOptions { CapacityBytes = 4 }).HitTokens, best);
        Assert.True(best <= bound);
    }

    private static PolicyDescriptor Policy(Candidates candidates) => new() { Name = "scripted", Plan = new(PlanKind.Custom, []), Admission = s_usual, Candidates = candidates };

    private static Trace Tokens(params int[][] sequences)
        => new("tokens", 1, [.. sequences.Select(pages => new Request { Pages = pages, InputPages = pages.Length, InputTokens = pages.Length })]);
}
