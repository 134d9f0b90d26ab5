namespace Squelch.Policies.Tests.Keys;

public sealed class ReuseRateTests
{
    /// <summary>Each request hits or misses as in a cache that is written down from the definition, with lists and loops.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void ItIsWhatItsDefinitionSays(double memory)
    {
        var random = new Random(11);
        var cache = new KeyCache(new ReuseRate { Memory = memory }.CreateSelector, capacity: 40);
        var defined = new Defined(memory, 40);
        int hits = 0;
        for (int i = 0; i < 8000; i++)
        {
            ulong key = 1 + (ulong)(200 * Math.Pow(random.NextDouble(), 3)) + (i > 4000 ? 30UL : 0);
            bool hit = cache.Request(new(key));
            Assert.Equal(defined.Request(key), hit);
            hits += hit ? 1 : 0;
        }

        Assert.InRange(hits, 2000, 7000);
    }

    /// <summary>What it is for: on keys by a fixed law, and on those whose popularity drifts, it misses less than what it is made of, and than those that are written by hand.</summary>
    [Theory]
    [InlineData("zipf1")]
    [InlineData("zipf2drift")]
    public void ItMissesLess(string trace)
    {
        KeyRequest[] requests = ZipfTrace.Load(trace);
        long misses = Misses(new ReuseRate { Memory = 0.9 }.CreateSelector);
        Assert.True(misses < Misses(default(Hyperbolic).CreateSelector));
        Assert.True(misses < Misses(default(S3Fifo).CreateSelector));
        Assert.True(misses < Misses(default(WTinyLfu).CreateSelector));

        long Misses(Func<NodeTable, ulong, IVictimSelector> policy)
        {
            var cache = new KeyCache(policy, 10_000);
            foreach (KeyRequest request in requests)
            {
                cache.Request(request);
            }

            return cache.Misses;
        }
    }

    private sealed class Defined(double memory, int capacity)
    {
        private readonly List<Node> _nodes = [];
        private readonly List<(ulong Key, double At)> _victims = [];
        private double _now;
        private double _victimIdle;
        private int _made;

        public bool Request(ulong key)
        {
            _now++;
            Node? node = _nodes.Find(node => node.Key == key);
            if (node is not null)
            {
                double gap = _now - node.Used;
                node.Uses = (memory * node.Uses) + 1;
                node.Time = node.Time < double.PositiveInfinity ? (memory * node.Time) + gap : gap;
                node.Used = _now;
                return true;
            }

            if (_nodes.Count == capacity)
            {
                Node victim = _nodes.OrderBy(Worth).ThenBy(node => node.Used).ThenBy(node => node.Made).First();
                _nodes.Remove(victim);
                _victims.Add((victim.Key, _now));
                _victims.RemoveRange(0, Math.Max(0, _victims.Count - Math.Max(64, capacity + 1)));
                _victimIdle += (_now - victim.Used - _victimIdle) / 100;
            }

            int last = _victims.FindLastIndex(victim => victim.Key == key);
            double ago = last < 0 ? double.PositiveInfinity : _now - _victims[last].At;
            if (last >= 0)
            {
                _victims[last] = (0, 0);
            }

            _nodes.Add(new() { Key = key, Time = ago + _victimIdle, Used = _now, Made = _made++ });
            return false;
        }

        private double Worth(Node node) => node.Uses / (1 + node.Time + Math.Max(0, _now - node.Used - (node.Time / Math.Max(node.Uses, 1))));
    }

    private sealed class Node
    {
        public ulong Key { get; init; }

        public double Uses { get; set; } = 1;

        public double Time { get; set; }

        public double Used { get; set; }

        public int Made { get; init; }
    }
}
