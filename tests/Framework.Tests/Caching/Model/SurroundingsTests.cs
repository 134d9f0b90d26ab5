namespace Squelch.Tests.Caching.Model;

/// <summary>What lies above and below a node: kept step by step, it is what a look at the whole tree gives, and a selector has been told of each change.</summary>
public sealed class SurroundingsTests
{
    private const int Steps = 150;
    private const int MostOpen = 3;

    [Fact]
    public void WhatIsKeptIsWhatTheTreeSays()
    {
        int below = 0;
        PlainSetting[] settings = [.. PlainSetting.All().Where((_, index) => index % 5 == 0)];
        Parallel.ForEach(settings.Index(), indexed =>
        {
            (int seed, PlainSetting setting) = indexed;
            var random = new Random(seed);
            Noting? noting = null;
            using PrefixCache cache = setting.Create(_ => { }, (selector, nodes) => noting = new Noting(selector, nodes));
            var open = new List<(Lease Lease, int[] Input)>();
            for (int step = 0; step < Steps; step++)
            {
                if (open.Count == 0 || (random.Next(2) == 0 && open.Count < MostOpen))
                {
                    int[] input = Pages(random, setting);
                    open.Add((cache.Lookup(input), input));
                }
                else
                {
                    int index = random.Next(open.Count);
                    (Lease lease, int[] input) = open[index];
                    open.RemoveAt(index);
                    cache.Commit(lease, [.. input, .. Pages(random, setting)]);
                }

                try
                {
                    Interlocked.Add(ref below, Compare(cache, noting!));
                }
                catch (Exception exception)
                {
                    throw new Xunit.Sdk.XunitException($"{setting}, seed {seed}, step {step}: {exception.Message}", exception);
                }
            }
        });
        Assert.True(below > 10 * settings.Length, "hardly a checkpoint is more than an edge away");
    }

    /// <summary>A request counts once for each node that it used or that lies above one, also after that one has gone.</summary>
    [Fact]
    public void SubtreeHitsCountRequests()
    {
        PolicyDescriptor policy = new() { Name = "Counting", Plan = new(PlanKind.Custom, []), Candidates = Candidates.AtMostOneChild };
        ModelShape model = ModelShape.Paper("hybrid", recurrent: 1, attention: 1, mlp: 0, hidden: 4, state: 2);
        NodeTable? nodes = null;
        using var cache = new PrefixCache(policy, new() { CapacityBytes = (3 * model.CheckpointBytes) + model.KvBytes(7), Model = model }, (table, _) =>
        {
            (nodes = table).KeepSubtrees();
            return new Squelch.Tests.Reference.ReferenceSelector(table, [], (_, rows, _) => [.. rows.Select(row => row.LastAccess)]);
        });
        Request([1, 2], [3]);
        Assert.Equal([(3, 1L)], Hits());

        // Parts after two tokens: the upper node takes over the first request, and has this one too.
        Request([1, 2], [4, 5]);
        Assert.Equal([(2, 2L), (3, 1L), (4, 1L)], Hits());

        // Goes on from the branch point; the oldest leaf goes, its request stays counted above.
        Request([1, 2], [6]);
        Assert.Equal([(2, 3L), (3, 1L), (4, 1L)], Hits());

        void Request(int[] input, int[] output) => cache.Commit(cache.Lookup(input), [.. input, .. output]);

        IEnumerable<(int, long)> Hits() => Enumerable.Range(0, nodes!.Capacity).Where(node => nodes.IsLive(node) && !nodes.IsRoot(node)).Select(node => (nodes.DepthTokens(node), nodes.SubtreeHits(node))).Order();
    }

    private static int[] Pages(Random random, PlainSetting setting)
        => [.. Enumerable.Range(0, random.Next(4)).SelectMany(_ => Enumerable.Repeat(random.Next(2), random.Next(2) == 0 ? 1 : setting.Unit))];

    /// <returns>Nodes that have to go on from a checkpoint farther away than their parent.</returns>
    private static int Compare(PrefixCache cache, Noting noting)
    {
        NodeTable nodes = cache.Nodes;
        bool hybrid = cache.Options.Model.CheckpointBytes > 0;
        int far = 0;
        int[] live = [.. Enumerable.Range(0, nodes.Capacity).Where(node => nodes.IsLive(node) && !nodes.IsRoot(node))];
        foreach (int node in live)
        {
            int[] above = [.. Above(nodes, node)];
            int children = live.Count(other => nodes.Parent(other) == node);
            int nearest = above.Skip(1).Where(nodes.HasCheckpoint).Select(nodes.DepthTokens).FirstOrDefault();
            int replay = hybrid ? nodes.DepthTokens(node) - nearest : nodes.Tokens(node);
            long held = (nodes.HasCheckpoint(node) ? cache.Options.Model.CheckpointBytes : 0) + cache.Options.Model.KvBytes(nodes.Tokens(node));
            far += hybrid && replay > nodes.Tokens(node) ? 1 : 0;
            Assert.Equal(replay, nodes.ReplayTokens(node));
            Assert.Equal(live.Where(other => Above(nodes, other).Contains(node)).Sum(nodes.BytesHeld), nodes.SubtreeBytes(node));
            Assert.True(above.Length == 1 || nodes.SubtreeHits(above[1]) >= nodes.SubtreeHits(node), "who used the child used what lies above it");
            Assert.Equal(held, nodes.BytesHeld(node));
            if (children > 0)
            {
                Assert.Equal(nodes.CheckpointBytes(node), nodes.BytesFreed(node));
            }
            else
            {
                Assert.InRange(nodes.BytesFreed(node), 1, held);
            }

            if (hybrid)
            {
                Assert.Equal(nodes.HasCheckpoint(node) ? replay : 0, nodes.TokensLost(node));
            }
            else
            {
                Assert.Equal(children > 0 ? 0 : nodes.BytesFreed(node), cache.Options.Model.KvBytes(nodes.TokensLost(node)));
            }

            Assert.Equal(Noting.Now(nodes, node), noting.Of(node));
        }

        return far;
    }

    private static IEnumerable<int> Above(NodeTable nodes, int node)
    {
        for (; !nodes.IsRoot(node); node = nodes.Parent(node))
        {
            yield return node;
        }
    }

    /// <summary>Notes the features as columns do: when it is told that they may have changed.</summary>
    internal sealed class Noting : IVictimSelector
    {
        private readonly IVictimSelector _inner;
        private readonly NodeTable _nodes;
        private readonly Dictionary<int, (long, long, long, long, long)> _columns = [];

        public Noting(IVictimSelector inner, NodeTable nodes)
        {
            (_inner, _nodes) = (inner, nodes);
            nodes.KeepChildren();
            nodes.KeepSubtrees();
        }

        public (long, long, long, long, long) Of(int node) => _columns[node];

        public static (long Freed, long Replay, long Lost, long Hits, long Bytes) Now(NodeTable nodes, int node)
            => (nodes.BytesFreed(node), nodes.ReplayTokens(node), nodes.TokensLost(node), nodes.SubtreeHits(node), nodes.SubtreeBytes(node));

        public void Grow(int capacity) => _inner.Grow(capacity);

        public void Insert(int node, in Access access)
        {
            _columns[node] = Now(_nodes, node);
            _inner.Insert(node, access);
        }

        public void Hit(int node, in Access access) => _inner.Hit(node, access);

        public void Touch(int node, in Access access) => _inner.Touch(node, access);

        public void EdgeChanged(int node)
        {
            (long freed, long replay, long lost, _, long bytes) = Now(_nodes, node);
            _columns[node] = (freed, replay, lost, _columns[node].Item4, bytes);
            _inner.EdgeChanged(node);
        }

        public void ChildrenChanged(int node)
        {
            _columns[node] = Now(_nodes, node);
            _inner.ChildrenChanged(node);
        }

        public void SetCandidate(int node, bool candidate) => _inner.SetCandidate(node, candidate);

        public void Evicting(int node, double now) => _inner.Evicting(node, now);

        public void Remove(int node)
        {
            _columns.Remove(node);
            _inner.Remove(node);
        }

        public int Select(double now) => _inner.Select(now);

        public void Retune(ReadOnlySpan<double> tunables) => _inner.Retune(tunables);
    }
}
