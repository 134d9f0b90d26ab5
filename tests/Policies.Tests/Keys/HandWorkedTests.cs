
namespace Squelch.Policies.Tests.Keys;

/// <summary>Tiny caches whose residents were worked out by hand.</summary>
public class HandWorkedTests
{
    // 1 2 3, 1 is used; 4 arrives: the hand spares 1 and takes 2; 5 arrives: the hand stands at 3 and takes it.
    [Fact]
    public void SieveSparesWhatWasUsedWhereItStands() => AssertResident(default(Sieve).CreateSelector, 3, [1, 2, 3, 1, 4, 5], [1, 4, 5]);

    // 1 and 2 were used once: 3 arrives, the hand clears both and comes back to 1.
    [Fact]
    public void SieveComesRoundAgain() => AssertResident(default(Sieve).CreateSelector, 2, [1, 2, 1, 2, 3], [2, 3]);

    // All are small; 1 was hit twice and moves to main, so 2 goes, as the next oldest.
    [Fact]
    public void S3FifoKeepsWhatWasHitTwice() => AssertResident(default(S3Fifo).CreateSelector, 3, [1, 2, 3, 1, 1, 4], [1, 3, 4]);

    // 4 pushes 1 into the ghosts; 1 comes back into main and pushes 2 out; 5 and 6 push out the small 3 and 4, not 1.
    [Fact]
    public void S3FifoTakesGhostsIntoMain() => AssertResident(default(S3Fifo).CreateSelector, 3, [1, 2, 3, 4, 1, 5, 6], [1, 5, 6]);

    // 1 was used again (T2); target 0, so T1 gives: 2, then 3.
    [Fact]
    public void ArcKeepsWhatWasUsedAgain() => AssertResident(default(Arc).CreateSelector, 3, [1, 2, 3, 1, 4, 5], [1, 4, 5]);

    // 1 in T2, 3 pushes 2 into B1; 2 comes back: the target grows to 1, T1 = {3} is not above it, so T2's 1 goes.
    [Fact]
    public void ArcLetsRecencyGrowWhereItsGhostsReturn() => AssertResident(default(Arc).CreateSelector, 2, [1, 1, 2, 3, 2], [2, 3]);


    [Fact]
    public void WTinyLfuKeepsTheFrequent()
    {
        // Full at 10, and 11 makes 1 to 9 the main part: hits count from there on.
        int[] keys = [.. Enumerable.Range(1, 11), 1, 1, .. Enumerable.Range(12, 30)];
        Assert.True(After(default(WTinyLfu).CreateSelector, 10, keys).Contains(1));
        Assert.False(After(default(Lru).CreateSelector, 10, keys).Contains(1));
    }

    [Fact]
    public void BeladyTakesWhatIsUsedLast()
    {
        var cache = new KeyCache(default(Belady).CreateSelector, 2);
        cache.Request(new(1, NextUse: 9));
        cache.Request(new(2, NextUse: 5));
        cache.Request(new(3, NextUse: 7));
        Assert.Equal((false, true, true), (cache.Contains(1), cache.Contains(2), cache.Contains(3)));
    }

    [Fact]
    public void KeysLargerThanTheCacheAreNotKept()
    {
        var cache = new KeyCache(default(Lru).CreateSelector, 100, sized: true);
        cache.Request(new(1, 60));
        cache.Request(new(2, 101));
        Assert.Equal((1, 60L), (cache.Count, cache.Held));
    }

    private static void AssertResident(Func<NodeTable, ulong, IVictimSelector> policy, int capacity, int[] keys, int[] resident)
    {
        KeyCache cache = After(policy, capacity, keys);
        Assert.Equal(resident, keys.Distinct().Order().Where(key => cache.Contains((ulong)key)));
    }

    private static KeyCache After(Func<NodeTable, ulong, IVictimSelector> policy, int capacity, int[] keys)
    {
        var cache = new KeyCache(policy, capacity);
        foreach (int key in keys)
        {
            cache.Request(new((ulong)key));
        }

        return cache;
    }
}
