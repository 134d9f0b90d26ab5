using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Squelch.Policies;

namespace Squelch.Tests.Pools;

/// <summary>What other languages and long-running engines rely on: the layout of a change, and no allocation after warm-up.</summary>
public sealed class PoolMemoryTests
{
    [Fact]
    public void AChangeIsSixtyFourBytesOfPlainNumbers()
    {
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<PoolChange>());
        Assert.Equal(64, Unsafe.SizeOf<PoolChange>());
        PoolChange change = PoolChange.Insert(2, 9.5, parent: 3, endTokens: 4, tokens: 5, bytes: 6, flops: 11.5, key: 7, priority: 10.5, flags: PoolFlags.Held);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<PoolChange>(in change));
        Assert.Equal([1, 2, 3, 4, 5, 2], MemoryMarshal.Cast<byte, int>(bytes[..24]).ToArray());
        Assert.Equal([6L, 7L], MemoryMarshal.Cast<byte, long>(bytes[24..40]).ToArray());
        Assert.Equal([9.5, 10.5, 11.5], MemoryMarshal.Cast<byte, double>(bytes[40..]).ToArray());
    }

    [Fact]
    public void HintsGoThroughAChange()
    {
        var hints = new RequestHints(Priority: 2, Expires: 30, NextUse: 40, Turn: 5, SessionGap: 6, Category: 7);
        Assert.Equal(hints, PoolChange.Hints(hints).ToHints());
        Assert.Equal(default, PoolChange.Hints(default).ToHints());
        Assert.Throws<ArgumentException>(() => PoolChange.Hints(new(Cost: 1)));
        Assert.Throws<ArgumentException>(() => PoolChange.Hints(new(Category: 1.5)));
        Assert.Throws<ArgumentException>(() => PoolChange.Hints(new(Category: 1e12)));
        Assert.Throws<ArgumentException>(() => PoolChange.Hints(new(Session: 1)));
        Assert.Throws<ArgumentException>(() => PoolChange.Hints(new(SessionGapSpread: 1)));
    }

    [Fact]
    public void AListAllocatesNothing() => AssertNoAllocation(new VictimPool<Lru>());

    [Fact]
    public void AHeapAllocatesNothing() => AssertNoAllocation(new VictimPool<Gdsf>());

    [Fact]
    public void APrunedScanAllocatesNothing() => AssertNoAllocation(new VictimPool<Marconi>(new Marconi { Alpha = 1 }));

    [Fact]
    public void AHandWrittenSelectorAllocatesNothing() => AssertNoAllocation(new VictimPool<Sieve>());

    [Fact]
    public void CountedSessionsAllocateNothing() => AssertNoAllocation(new VictimPool<SharedPrefix>());

    [Fact]
    public void RememberedVictimsAllocateNothing() => AssertNoAllocation(new VictimPool<ReuseGap>());

    private static void AssertNoAllocation(VictimPool pool)
    {
        const int Size = 3_000;
        var log = new PoolChange[2 * Size];
        int[] victims = new int[64];
        int[] slots = [.. Enumerable.Range(0, Size)];
        double[] scores = new double[Size];
        bool several = pool.Selector.SelectionLeavesNoTrace;
        long allocated = long.MaxValue;
        bool answered = true;
        double now = 0;
        for (int pass = 0; pass < 3; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int slot = 0; slot < Size; slot++)
            {
                log[2 * slot] = PoolChange.Insert(slot, ++now, parent: slot % 3 == 0 ? VictimPool.None : slot - 1, bytes: 1 + (slot % 50), key: (ulong)slot);
                log[(2 * slot) + 1] = PoolChange.Hit(slot * 7 % (slot + 1), now);
            }

            pool.Apply(log);
            answered &= pool.Peek(now, victims.AsSpan(0, several ? 64 : 1), slots.AsSpan(0, 32)) > 0;
            if (several)
            {
                pool.Score(now, slots, scores);
            }

            for (int i = 0; i < 20; i++)
            {
                answered &= pool.TryEvict(++now, victims, slots.AsSpan(0, 32));
            }

            pool.Clear();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(answered);
        Assert.Equal(0, allocated);
        Assert.Equal(0, pool.Count);
        pool.Dispose();
    }
}
