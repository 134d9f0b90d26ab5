using Squelch.Tests.Reference;

namespace Squelch.Tests.Caching;

/// <summary>Random requests, interleaved leases and small budgets against a naive account of what must hold.</summary>
public class RandomRequestTests
{
    private static readonly ModelShape Tiny = ModelCatalog.Find("tiny");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void BudgetTreeAndHandlesStayConsistentUnderMarconi(int seed) => Run(new PrefixCache<ReferenceMarconi>(new ReferenceMarconi { Alpha = 1 }, Options(seed)), seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BudgetTreeAndHandlesStayConsistentUnderLru(int seed) => Run(new PrefixCache<ReferenceSglangPlus>(Options(seed)), seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void BudgetTreeAndHandlesStayConsistentWithAlignedCheckpoints(int seed) => Run(new PrefixCache<AlignedMarconi>(Options(seed)), seed);

    private static PrefixCacheOptions Options(int seed) => new() { CapacityBytes = 40_000 + (seed * 20_000), Model = Tiny };

    private static void Run(PrefixCache cache, int seed)
    {
        var random = new Random(seed);
        var open = new List<(Lease Lease, int[] Sequence, long Space)>();
        var live = new HashSet<long>();
        long next = 0;
        var pool = new List<int[]>();
        for (int step = 0; step < 3000; step++)
        {
            if (open.Count < 5 && random.Next(2) == 0)
            {
                int[] basis = pool.Count > 0 && random.Next(4) > 0 ? pool[random.Next(pool.Count)] : [];
                int[] input = [.. basis[..random.Next(basis.Length + 1)], .. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4))];
                input = input[..Math.Min(input.Length, 60)];
                int[] sequence = [.. input, .. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(4))];
                long space = random.Next(3);
                open.Add((cache.Lookup(input, space), sequence, space));
                pool.Add(sequence);
            }
            else if (open.Count > 0)
            {
                int index = random.Next(open.Count);
                (Lease lease, int[] sequence, long space) = open[index];
                open.RemoveAt(index);
                if (random.Next(5) == 0)
                {
                    cache.Abandon(lease);
                    continue;
                }

                int planned = cache.Plan(lease, sequence).Length;
                StateHandle[] states = [.. Enumerable.Range(0, planned).Select(_ => new StateHandle(++next))];
                foreach (StateHandle state in states)
                {
                    live.Add(state.Value);
                }

                CommitResult result = cache.Commit(lease, sequence, 0, states);
                foreach (StateAction action in result.Actions)
                {
                    if (action.Kind is StateActionKind.Free or StateActionKind.Join or StateActionKind.Decline)
                    {
                        Assert.True(live.Remove(action.Handle.Value), $"{action} is not live");
                    }

                    if (action.Kind is StateActionKind.Join or StateActionKind.Split)
                    {
                        Assert.Contains(action.Other.Value, live);
                    }
                }
            }

            CheckTree(cache, live);
        }

        Assert.True(cache.LeafEvictions > 100);
    }

    private static void CheckTree(PrefixCache cache, HashSet<long> live)
    {
        Assert.InRange(cache.Bytes, 0, cache.Options.CapacityBytes);
        NodeTable nodes = cache.Nodes;
        long tokens = 0;
        int checkpoints = 0;
        var handles = new HashSet<long>();
        for (int node = 0; node < nodes.Capacity; node++)
        {
            if (!nodes.IsLive(node) || nodes.IsRoot(node))
            {
                continue;
            }

            tokens += nodes.Tokens(node);
            checkpoints += nodes.HasCheckpoint(node) ? 1 : 0;
            Assert.True(nodes.Tokens(node) > 0);
            Assert.Equal(nodes.Pages(node), nodes.Tokens(node));
            Assert.True(nodes.HasCheckpoint(node) || nodes.Children(node) >= 2, "a node without a checkpoint is a fork");
            Assert.True(handles.Add(nodes.Handle(node).Value));
            if (nodes.IsCandidate(node))
            {
                Assert.Equal(0, nodes.Leases(node));
            }
        }

        Assert.Equal(cache.KvTokens, tokens);
        Assert.Equal(cache.Checkpoints, checkpoints);
        Assert.Equal(live, handles);
    }
}
