using System.Runtime.CompilerServices;

namespace Squelch.Caching.Tests;

/// <summary>Nothing else runs meanwhile: the memory that is measured is the process's.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AHitAllocatesNothing(bool deterministic)
    {
        using var cache = new PolicyCache<string, string, Gdsf>(new() { Capacity = 100, Deterministic = deterministic });
        string[] keys = [.. Enumerable.Range(0, 100).Select(key => $"key {key}")];
        foreach (string key in keys)
        {
            cache.AddOrUpdate(key, key, key.Length % 2 == 0 ? new() { SlidingExpiration = TimeSpan.FromDays(1) } : default);
        }

        Assert.Equal(0, Measured(() =>
        {
            foreach (string key in keys)
            {
                cache.TryGet(key, out _);
                cache.GetOrAdd(key, static key => key);
                cache.GetOrAddAsync(key, static (key, _) => new(key));
                cache.GetAlternateLookup<ReadOnlySpan<char>>().TryGet(key.AsSpan(), out _);
                cache.TryGet("missing", out _);
            }
        }));
        Assert.Equal(0, cache.Metrics.Evictions);
    }

    /// <summary>Values that come and go leave nothing behind: neither entries that were removed before their time, nor what a policy remembers of them.</summary>
    [Fact]
    public void ALongChurnKeepsNothing()
    {
        using var cache = new PolicyCache<int, byte[], S3Fifo>(new() { Capacity = 100 });
        Churn(cache, 0, 50_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Churn(cache, 50_000, 500_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000);
        GC.KeepAlive(cache);
    }

    [Fact]
    public void WhatIsTakenOutIsNotHeld()
    {
        using var cache = new PolicyCache<int, object, Lru>(new() { Capacity = 10 });
        WeakReference taken = Taken(cache);
        cache.AddOrUpdate(2, "another change");
        GC.Collect();
        Assert.False(taken.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Taken(PolicyCache<int, object, Lru> cache)
    {
        object value = new();
        cache.AddOrUpdate(1, value, new() { SlidingExpiration = TimeSpan.FromDays(1) });
        cache.TryGet(1, out _);
        cache.TryRemove(1);
        return new(value);
    }

    private static void Churn(PolicyCache<int, byte[], S3Fifo> cache, int from, int to)
    {
        for (int key = from; key < to; key++)
        {
            cache.AddOrUpdate(key, new byte[100], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(key + 1) });
            cache.TryGet(key - 10, out _);
            if (key % 3 == 0)
            {
                cache.TryRemove(key - 5);
            }
        }
    }

    private static long Measured(Action action)
    {
        for (int i = 0; i < 200; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
