using Squelch.Policies;

namespace Squelch.Native.Tests;

/// <summary>A pool behind a handle does what the pool does.</summary>
public class PoolTests
{
    private const int Steps = 3_000;
    private const int Slots = 200;

    [Fact]
    public void ItChoosesAsTheVictimPoolDoes()
    {
        ulong pool = Open("""{ "policy": "Gdsf", "seed": 3, "mostSlots": 200 }""");
        using var managed = new VictimPool<Gdsf>(new VictimPoolOptions { Seed = 3, MostSlots = Slots });
        bool[] used = new bool[Slots];
        Span<int> victims = stackalloc int[5];
        Span<int> same = stackalloc int[5];
        var random = new Random(4);
        for (int step = 0; step < Steps; step++)
        {
            int slot = random.Next(Slots);
            PoolChange change = used[slot] ? PoolChange.Hit(slot, step) : PoolChange.Insert(slot, step, bytes: 1 + random.Next(99), flops: 1 + random.Next(99), key: (ulong)slot + 1);
            Assert.Equal(0, PoolAbi.Log(pool, change));
            managed.Apply([change]);
            used[slot] = true;
            if (managed.Count > 150)
            {
                Assert.Equal(5, PoolAbi.Victims(evict: true, pool, step, victims, slot));
                Assert.True(managed.TryEvict(step, same, [slot]));
                Assert.Equal(same.ToArray(), victims.ToArray());
                foreach (int victim in victims)
                {
                    used[victim] = false;
                }
            }
        }

        Assert.Equal((managed.Count, managed.CandidateCount), (PoolAbi.Count(pool), PoolAbi.Candidates(pool)));
        Assert.Equal(0, PoolAbi.Close(pool));
    }

    [Fact]
    public void TooFewIsACodeAndChangesNothing()
    {
        ulong pool = Open("""{ "policy": "Lru" }""");
        Span<int> room = stackalloc int[3];
        Assert.Equal(0, PoolAbi.Log(pool, PoolChange.Insert(0, 1), PoolChange.Insert(1, 2, flags: PoolFlags.Held), PoolChange.Insert(2, 3)));
        Assert.Equal(Codes.TooFew, PoolAbi.Victims(evict: true, pool, 4, room));
        Assert.Contains("3 victims were asked for, but fewer can go: 2 of 3 entries may go now", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.TooFew, PoolAbi.Victims(evict: true, pool, 4, room[..2], 0));
        Assert.Equal((3L, 2L), (PoolAbi.Count(pool), PoolAbi.Candidates(pool)));
        Assert.Equal(2, PoolAbi.Victims(evict: false, pool, 4, room));
        Assert.Equal(0, PoolAbi.Victims(evict: true, pool, 4, []));
        Assert.Equal(2, PoolAbi.Victims(evict: true, pool, 4, room[..2]));
        Assert.Equal([0, 2], room[..2].ToArray());
        Assert.Equal(0, PoolAbi.Clear(pool));
        Assert.Equal(0L, PoolAbi.Count(pool));
        Assert.Equal(0, PoolAbi.Close(pool));
    }

    /// <summary>A count below 0 is a mistake of the caller's, and not taken for nothing to do.</summary>
    [Fact]
    public unsafe void ACountBelowNoneIsRefused()
    {
        ulong pool = Open("""{ "policy": "Lru" }""");
        PoolChange change = PoolChange.Insert(0, 1);
        int victim;
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, &change, -1));
        Assert.Contains("-1 changes at an address cannot be", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, null, 1));
        Assert.Equal(Codes.Argument, PoolAbi.Victims(evict: true, pool, 1, -1, [], &victim));
        Assert.Equal(Codes.Argument, PoolAbi.Victims(evict: false, pool, 1, -1, [], &victim));
        Assert.Equal((0, 0L), (PoolAbi.Log(pool, null, 0), PoolAbi.Count(pool)));
    }

    [Fact]
    public void AChangeThatCannotBeIsNamed()
    {
        ulong pool = Open("""{ "policy": "Lru", "mostSlots": 10 }""");
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, PoolChange.Insert(0, 1), PoolChange.Remove(7), PoolChange.Insert(1, 2)));
        Assert.Contains("change 1 (Remove, slot 7)", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(1L, PoolAbi.Count(pool));
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, PoolChange.Insert(10, 1)));
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, default(PoolChange)));
        Assert.Equal(Codes.Argument, PoolAbi.Log(pool, PoolChange.Insert(3, double.NaN)));
        Assert.Equal(Codes.Argument, PoolAbi.Victims(evict: true, pool, double.NaN, new int[1]));
        Assert.Equal(0, PoolAbi.Close(pool));
    }

    [Fact]
    public void ScoresAndTunablesAreThePolicys()
    {
        ulong pool = Open("""{ "policy": "Lru" }""");
        double[] scores = new double[2];
        Assert.Equal(0, PoolAbi.Log(pool, PoolChange.Insert(0, 1), PoolChange.Insert(5, 2)));
        Assert.Equal(0, PoolAbi.Score(pool, 4, [5, 0], scores));
        Assert.Equal([2, 1], scores);
        Assert.Equal(Codes.Argument, PoolAbi.Score(pool, 4, [5, 1], scores));
        Assert.Equal(Codes.Argument, PoolAbi.Retune(pool, 1));
        Assert.Contains("Lru has 0 tunables", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0, PoolAbi.Close(pool));
        pool = Open("""{ "policy": "Marconi" }""");
        Assert.Equal(0, PoolAbi.Retune(pool, 1.5));
        Assert.Equal(Codes.Argument, PoolAbi.Retune(pool, double.NaN));
        Assert.Equal(0, PoolAbi.Close(pool));
        pool = Open("""{ "policy": "Arc" }""");
        Assert.Equal(0, PoolAbi.Log(pool, PoolChange.Insert(0, 1)));
        Assert.Equal(Codes.Unsupported, PoolAbi.Score(pool, 4, [0], new double[1]));
        Assert.Equal(0, PoolAbi.Close(pool));
    }

    /// <summary>No policy that a pool takes counts on having been asked before an entry goes, comes back or is wanted.</summary>
    [Fact]
    public void EveryPolicyTakesEvictionsOfTheEnginesOwn()
    {
        foreach (NativePolicy policy in BuiltInPolicies.All.Where(policy => !policy.Descriptor.Features.Any(feature => feature.Name is "subtreeHits" or "subtreeBytes")))
        {
            ulong pool = Open($$"""{ "policy": "{{policy.Descriptor.Name}}" }""");
            int code = PoolAbi.Log(
                pool, PoolChange.Arrive(8, 1), PoolChange.Insert(0, 1, key: 8), PoolChange.Insert(1, 2, key: 9), PoolChange.Evict(0, 3), PoolChange.Arrive(8, 4), PoolChange.Insert(0, 4, key: 8), PoolChange.Evict(1, 5), PoolChange.Evict(0, 6));
            Assert.True(code == 0, $"{policy.Descriptor.Name}: {Abi.LastError}");
            Assert.Equal(0L, PoolAbi.Count(pool));
            Assert.Equal(0, PoolAbi.Close(pool));
        }
    }

    [Fact]
    public void AHandleOfACacheIsNoneOfAPool()
    {
        ulong pool = Open("""{ "policy": "Lru" }""");
        Assert.Equal(Codes.State, Abi.CloseCache(pool));
        Assert.Contains("This is the handle of a pool, not of a cache", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0, PoolAbi.Close(pool));
        Assert.Equal(Codes.State, PoolAbi.Close(pool));
        Assert.Equal(Codes.State, (int)PoolAbi.Count(pool));
    }

    [Theory]
    [InlineData("{ \"policy\": \"Lru\", \"slots\": 3 }", Codes.Unknown, "There is no option 'slots'")]
    [InlineData("{ \"policy\": \"Lru\", \"mostSlots\": 0 }", Codes.Argument, "The option 'mostSlots' is 0")]
    [InlineData("{ \"policy\": \"Lru\", \"mostSlots\": 5, \"entries\": 6 }", Codes.Argument, "The option 'entries' is 6")]
    public void AWrongOptionIsRefused(string json, int code, string message)
    {
        Assert.Equal(code, PoolAbi.Open(json, out ulong pool));
        Assert.Contains(message, Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0UL, pool);
    }

    [Theory]
    [InlineData("Lru")]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("Arc")]
    public void ACallAllocatesNothing(string policy)
    {
        ulong pool = Open($$"""{ "policy": "{{policy}}", "entries": 200 }""");
        Churn(pool, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(pool, Steps);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, PoolAbi.Close(pool));
    }

    private static void Churn(ulong pool, int from)
    {
        Span<int> victims = stackalloc int[4];
        for (int step = from; step < from + Steps; step += 4)
        {
            if (PoolAbi.Count(pool) < 100)
            {
                for (int slot = 0; slot < 100; slot++)
                {
                    PoolAbi.Log(pool, PoolChange.Insert(slot, step, tokens: 1 + (slot % 7), key: (ulong)slot + 1));
                }
            }

            PoolAbi.Log(pool, PoolChange.Hit(step % 100, step));
            PoolAbi.Victims(evict: true, pool, step, victims, step % 100);
            foreach (int victim in victims)
            {
                PoolAbi.Log(pool, PoolChange.Insert(victim, step, tokens: 1 + (victim % 5), key: (ulong)victim + 1));
            }
        }
    }

    private static ulong Open(string json)
    {
        Assert.True(PoolAbi.Open(json, out ulong pool) == 0, Abi.LastError);
        return pool;
    }
}
