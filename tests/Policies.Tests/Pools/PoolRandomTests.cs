namespace Squelch.Policies.Tests.Pools;

/// <summary>Random logs, with ties, holds and trees: several victims at once are those of one at a time, and looking changes nothing.</summary>
public sealed class PoolRandomTests
{
    private static readonly int[] Sizes = [0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1025];

    public static TheoryData<string> Policies => OnlinePolicies.Names;

    [Theory]
    [MemberData(nameof(Policies))]
    public void AllAtOnceAreOneByOne(string name)
    {
        foreach (int size in Sizes)
        {
            using VictimPool together = Filled(name, size, seed: size);
            using VictimPool single = Filled(name, size, seed: size);
            int[] keep = [.. Enumerable.Range(0, size).Where(slot => slot % 11 == 5)];
            double now = together.Now + 1;
            var expected = new List<int>();
            int[] one = new int[1];
            long changes = (single.Selector as FormulaSelector)?.ScoreChanges ?? 0;
            while (single.TryEvict(now, one, keep))
            {
                expected.Add(one[0]);
            }

            // Where evictions moved a number of the policy that scores read, only the first is sure to be peeked at.
            int sure = ((single.Selector as FormulaSelector)?.ScoreChanges ?? 0) == changes ? expected.Count : Math.Min(1, expected.Count);

            if (together.Selector.SelectionLeavesNoTrace)
            {
                int[] seen = new int[size + 1];
                int count = together.Peek(now, seen, keep);
                Assert.Equal(expected.Count, count);
                Assert.Equal(expected[..sure], seen[..sure]);
            }

            Assert.False(together.TryEvict(now, new int[expected.Count + 1], keep));
            Assert.Equal(size, together.Count);
            int[] victims = new int[expected.Count];
            Assert.True(together.TryEvict(now, victims, keep));
            Assert.Equal(expected, victims);
            Assert.Equal(size - expected.Count, together.Count);
            Assert.All(victims, slot => Assert.False(together.Contains(slot)));
        }
    }

    /// <summary>One victim by the plan is the victim of the plain loop over all candidates.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void OneIsTheVictimOfTheScalarScan(string name)
    {
        int[] one = new int[1];
        foreach (int size in Sizes.Where(size => size > 0))
        {
            using VictimPool pool = Filled(name, size, seed: size + 1);
            for (int i = 0; i < 20 && pool.Selector is FormulaSelector formula && pool.CandidateCount > 0; i++)
            {
                double now = pool.Now + i;
                int node = formula.SelectBy(Backend.Scalar, now);
                Assert.Equal(1, pool.Peek(now, one));
                Assert.Equal(formula.Nodes.Creation(node), CreationOf(formula, one[0], pool));
                Assert.True(pool.TryEvict(now, one));
            }
        }
    }

    /// <summary>What is peeked at between changes does not show in later victims.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void PeeksLeaveNoTrace(string name)
    {
        using VictimPool peeked = Filled(name, 120, seed: 2);
        using VictimPool plain = Filled(name, 120, seed: 2);
        if (!peeked.Selector.SelectionLeavesNoTrace)
        {
            Assert.Throws<NotSupportedException>(() => peeked.Peek(peeked.Now, new int[2]));
            return;
        }

        var random = new Random(1);
        int[] one = new int[1];
        int[] other = new int[1];
        for (int turn = 0; turn < 100; turn++)
        {
            double now = plain.Now + 1;
            peeked.Peek(now, new int[turn % 40], [turn]);
            int used = random.Next(120);
            if (plain.Contains(used))
            {
                plain.Apply([PoolChange.Hit(used, now)]);
                peeked.Apply([PoolChange.Hit(used, now)]);
            }

            Assert.Equal(plain.TryEvict(now, one), peeked.TryEvict(now, other));
            Assert.Equal(one, other);
            Assert.Equal(plain.CandidateCount, peeked.CandidateCount);
        }
    }

    /// <summary>A slot that is used again has nothing of the entry before.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void ASlotUsedAgainRemembersNothing(string name)
    {
        using VictimPool used = OnlinePolicies.CreatePool(name);
        using VictimPool fresh = OnlinePolicies.CreatePool(name);
        used.Apply([PoolChange.Insert(0, 1, bytes: 900, flops: 77, tokens: 12, flags: PoolFlags.Held | PoolFlags.Checkpoint), PoolChange.Insert(1, 1, parent: 0), PoolChange.Hit(0, 2), PoolChange.Remove(1), PoolChange.Remove(0)]);
        PoolChange[] log = [PoolChange.Insert(0, 5), PoolChange.Insert(1, 6, bytes: 2), PoolChange.Insert(2, 6), PoolChange.Touch(2, 7)];
        used.Apply(log);
        fresh.Apply(log);

        Assert.Equal(3, used.CandidateCount);
        if (used.Selector is FormulaSelector && name is not ("RandomLeaf" or "RandomNode" or "RandomCompute"))
        {
            double[] scores = new double[3];
            double[] expected = new double[3];
            used.Score(9, [0, 1, 2], scores);
            fresh.Score(9, [0, 1, 2], expected);
            Assert.Equal(expected, scores);
        }
    }

    private static long CreationOf(FormulaSelector formula, int slot, VictimPool pool)
    {
        // The slots of a filled pool were inserted in order, after the root.
        Assert.True(pool.Contains(slot));
        _ = formula;
        return slot + 2;
    }

    private static VictimPool Filled(string name, int size, int seed)
    {
        VictimPool pool = OnlinePolicies.CreatePool(name, new() { Model = ModelCatalog.Find("tiny"), Seed = 1 });
        var random = new Random(seed);
        var log = new List<PoolChange>();
        double now = 0;
        for (int slot = 0; slot < size; slot++)
        {
            now += random.Next(2);
            int parent = random.Next(3) == 0 || slot == 0 ? VictimPool.None : random.Next(slot);
            log.Add(PoolChange.Insert(
                slot, now, parent, bytes: random.Next(2) * random.Next(50), flops: random.Next(2) * random.Next(5), key: (ulong)random.Next(size), priority: random.Next(3), flags: (PoolFlags)random.Next(2)));
            int used = random.Next(slot + 1);
            log.Add(random.Next(2) == 0 ? PoolChange.Hit(used, now) : PoolChange.Touch(used, now, priority: random.Next(2)));
            if (random.Next(9) == 0)
            {
                log.Add(PoolChange.Hold(random.Next(slot + 1)));
            }
        }

        pool.Apply(log.ToArray());
        return pool;
    }
}
