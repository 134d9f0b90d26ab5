using Squelch.Tests.Golden;
using Squelch.Tests.Reference;

namespace Squelch.Tests.Caching;

/// <summary>Whole blocks whose edges were joined: found as far as they match, and no further.</summary>
public sealed class JoinedBlockTests
{
    private static readonly ModelShape Tiny = ModelCatalog.Find("tiny");

    [Fact]
    public void AJoinedEdgePromisesNoMoreThanMatches()
    {
        using PrefixCache cache = Joined();

        Assert.Equal([0, 0, 4, 4], Hits(cache, [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5, 6]));
        Assert.Equal(0, Hits(cache, [1, 2, 3, 5])[0]);
    }

    [Fact]
    public void ASequenceThatLeavesAJoinedEdgeCutsItThereWithACheckpoint()
    {
        using PrefixCache cache = Joined();
        Lease lease = cache.Lookup([1, 2, 9, 9]);
        Assert.Equal([new PlannedNode(2, true), new PlannedNode(4, true)], cache.Plan(lease, [1, 2, 9, 9]).ToArray());
        cache.Abandon(lease);

        lease = cache.Lookup([1, 2]);
        Assert.True(cache.Commit(lease, [1, 2]).Admitted);

        Assert.Equal((2, 4L), (cache.Checkpoints, cache.KvTokens));
        Assert.Equal([2, 2, 4], Hits(cache, [1, 2], [1, 2, 9, 9], [1, 2, 3, 4]));
    }

    /// <summary>Where blocks were found one by one, such replays hit many times what they were asked for.</summary>
    [Theory]
    [InlineData(500_000_000)]
    [InlineData(2_000_000_000)]
    [InlineData(8_000_000_000)]
    public void AReplayHitsNoMoreThanItsInputs(long capacity)
    {
        var requests = new List<RequestRecord>();

        ReplayResult result = Replay.Run<JoiningBlocks>(GoldenTraces.Load("agent-small_sps=1_art=7.5_nums=12"), new() { CapacityBytes = capacity, OnRequest = requests.Add });

        Assert.True(result.JoinEvictions > 0);
        Assert.All(requests, request => Assert.InRange(request.HitTokens, 0, request.InputTokens));
        Assert.Contains(requests, request => request.HitTokens > 0);
    }

    [Fact]
    public void WhereATreePromisesMoreThanMatchesALookupIsRefused()
    {
        using PrefixCache cache = Joined();
        int node = Enumerable.Range(0, cache.Nodes.Capacity).Single(node => cache.Nodes.IsLive(node) && cache.Nodes.Pages(node) == 4);
        cache.Nodes.SetDepthTokens(node, 5);

        SquelchException wrong = Assert.Throws<SquelchException>(() => cache.Lookup([1, 2, 3, 4]));

        Assert.Contains("Blocks, request 2: the tree promises 5 tokens, but only 4 of the input match", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(0, cache.OpenLeases);
    }

    /// <summary>A cache with the blocks [1, 2] and [3, 4] on one edge, since [7, 8] took the first one's checkpoint. The latest leaf goes next.</summary>
    private static PrefixCache Joined()
    {
        var descriptor = new PolicyDescriptor
        {
            Name = "Blocks",
            Plan = new(PlanKind.Custom, []),
            Candidates = Candidates.AtMostOneChild,
            Admission = new(Checkpoints.Interval, 2, 1),
        };
        var cache = new PrefixCache(
            descriptor,
            new() { CapacityBytes = (2 * Tiny.CheckpointBytes) + Tiny.KvBytes(6), Model = Tiny },
            (nodes, _) => new ReferenceSelector(nodes, [], static (table, rows, _) => [.. rows.Select(row => table.Children(row.Id) == 1 ? double.NegativeInfinity : -row.LastAccess)]));
        cache.Commit(cache.Lookup([1, 2, 3, 4]), [1, 2, 3, 4]);
        cache.Commit(cache.Lookup([7, 8]), [7, 8]);
        Assert.Equal((2, 1L, 0L), (cache.NodeCount, cache.JoinEvictions, cache.LeafEvictions));
        return cache;
    }

    private static int[] Hits(PrefixCache cache, params int[][] inputs)
        => [.. inputs.Select(input =>
        {
            Lease lease = cache.Lookup(input);
            cache.Abandon(lease);
            return lease.HitTokens;
        })];
}
