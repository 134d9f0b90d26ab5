namespace Squelch.Policies.Tests.Pools;

/// <summary>A pool that is told what a cache does to its nodes chooses the cache's victims, under every policy that an engine can use.</summary>
public sealed class SameVictimsTests
{
    public static TheoryData<string, bool> Policies
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (RegisteredPolicy policy in OnlinePolicies.All)
            {
                data.Add(policy.Descriptor.Name, true);
                data.Add(policy.Descriptor.Name, false);
            }

            return data;
        }
    }

    /// <summary>Those whose checkpoints never go alone where a node has several children, which a pool does not do.</summary>
    public static TheoryData<string, bool> OfTrees
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (RegisteredPolicy policy in OnlinePolicies.All.Where(policy => policy.Descriptor.Candidates != Candidates.Checkpoints))
            {
                data.Add(policy.Descriptor.Name, true);
                data.Add(policy.Descriptor.Name, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OfTrees))]
    public void AsThePrefixCache(string name, bool peeks)
    {
        ModelShape model = ModelCatalog.Find("tiny");
        MirrorSelector? mirror = null;
        using VictimPool pool = OnlinePolicies.CreatePool(name, new() { Model = model, Seed = 7 });
        PolicyDescriptor descriptor = OnlinePolicies.Find(name).Descriptor;
        using var cache = new PrefixCache(
            descriptor,
            new() { CapacityBytes = 24 * (model.CheckpointBytes + model.KvBytes(64)), Model = model, PageTokens = 8, Seed = 7 },
            (nodes, seed) => mirror = new MirrorSelector(OnlinePolicies.CreateSelector(name, nodes, seed), nodes, pool, peeks));
        var random = new Random(11);
        var open = new Queue<(Lease Lease, int[] Sequence)>();
        for (int i = 0; i < 1_500; i++)
        {
            int[] sequence = Sequence(random);
            var hints = new RequestHints(Priority: random.Next(3), Expires: i + random.Next(200), Turn: 1 + random.Next(3), SessionGap: random.Next(1, 50), Category: random.Next(3), Session: 1 + (i * 7 % 40), SessionGapSpread: i % 30);
            open.Enqueue((cache.Lookup(sequence.AsSpan(0, sequence.Length - random.Next(1, 3)), hints: hints), sequence));
            if (open.Count > 2)
            {
                (Lease lease, sequence) = open.Dequeue();
                cache.Commit(lease, sequence);
            }
        }

        Assert.Equal(cache.NodeCount, pool.Count);
        Assert.True(mirror!.Compared > 300, $"{mirror.Compared} victims were compared");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void AsTheKeyCache(string name, bool peeks)
    {
        MirrorSelector? mirror = null;
        using VictimPool pool = OnlinePolicies.CreatePool(name, new() { Seed = 3 });
        var cache = new KeyCache(
            (nodes, seed) => mirror = new MirrorSelector(OnlinePolicies.CreateSelector(name, nodes, seed), nodes, pool, peeks), capacity: 400, sized: true, seed: 3);
        var random = new Random(5);
        for (int i = 0; i < 3_000; i++)
        {
            int key = 1 + Math.Min(random.Next(200), random.Next(200));
            cache.Request(new((ulong)key, 1 + (key % 7), Cost: 1 + (key % 5)));
        }

        Assert.Equal(cache.Count, pool.Count);
        Assert.True(mirror!.Compared > 500, $"{mirror.Compared} victims were compared");
    }

    /// <summary>Few symbols, so that sequences share prefixes, branch and go on where others ended.</summary>
    private static int[] Sequence(Random random)
    {
        int[] sequence = new int[random.Next(4, 24)];
        for (int i = 0; i < sequence.Length; i++)
        {
            sequence[i] = random.Next(random.Next(4) == 0 ? 3 : 1);
        }

        return sequence;
    }
}
