using System.Collections.Concurrent;

namespace Squelch.Caching.Tests;

/// <summary>A value that is written as a whole takes the place of another without a new entry.</summary>
public sealed class UpdateInPlaceTests
{
    /// <summary>Every value that came in leaves exactly once, whoever replaces it, takes it out or takes it out by its value.</summary>
    [Fact]
    public void EachValueIsToldOfOnce()
    {
        const int Threads = 4;
        var told = new ConcurrentDictionary<string, RemovalReason>();
        int made = 0;
        using var cache = new PolicyCache<int, string, Lru>(new() { Capacity = 1000, OnRemoved = removed => Assert.True(told.TryAdd(removed.Value, removed.Reason)) });
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 20_000; i++)
            {
                int key = random.Next(3);
                switch (random.Next(4))
                {
                    case 0 when cache.TryGet(key, out string? value):
                        if (cache.TryRemove(new KeyValuePair<int, string>(key, value)))
                        {
                            // It was told of as removed, and not as replaced: nobody set another one in between.
                            Assert.True(SpinWait.SpinUntil(() => told.ContainsKey(value), TimeSpan.FromSeconds(30)));
                            Assert.Equal(RemovalReason.Removed, told[value]);
                        }

                        break;
                    case 1 when random.Next(4) == 0:
                        cache.TryRemove(key);
                        break;
                    default:
                        Interlocked.Increment(ref made);
                        cache.AddOrUpdate(key, $"{thread} {i}");
                        break;
                }
            }
        });
        cache.Clear();
        Assert.Equal(0, cache.Metrics.FailedCallbacks);
        Assert.Equal(made, told.Count);
    }

    [Fact]
    public void ASetAllocatesNothingAndIsAUse()
    {
        using var cache = new PolicyCache<int, long, Lru>(new() { Capacity = 3, Deterministic = true });
        foreach (int key in new[] { 1, 2, 3 })
        {
            cache.AddOrUpdate(key, key);
        }

        for (int i = 0; i < 1000; i++)
        {
            cache.AddOrUpdate(1, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        cache.AddOrUpdate(1, 7);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        cache.AddOrUpdate(4, 4);
        Assert.True(cache.TryGet(1, out long value));
        Assert.Equal(7, value);
        Assert.False(cache.ContainsKey(2));
        Assert.Equal((1, 0, 1001), (cache.Metrics.Hits, cache.Metrics.Misses, cache.Metrics.Removals(RemovalReason.Replaced)));
    }

    /// <summary>What is said of a value goes with it: the next one, of which nothing is said, neither expires nor is pinned.</summary>
    [Fact]
    public void WhatWasSaidOfTheOldValueEndsWithIt()
    {
        var time = new ManualTime();
        using var cache = new PolicyCache<string, int, Lru>(new() { Capacity = 2, TimeProvider = time });
        cache.AddOrUpdate("short", 1, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1), Pinned = true });
        cache.AddOrUpdate("short", 2);
        time.Advance(2);
        Assert.True(cache.TryGet("short", out int value));
        Assert.Equal(2, value);
        cache.AddOrUpdate("a", 1);
        cache.AddOrUpdate("b", 1);
        Assert.False(cache.ContainsKey("short"));
    }

    /// <summary>Values of several words are never read by halves.</summary>
    [Fact]
    public async Task LargeStructsAreReadWhole()
    {
        using var cache = new PolicyCache<int, (long First, long Second, long Third), Lru>(new() { Capacity = 10 });
        cache.AddOrUpdate(1, default);
        bool over = false;
        Task writer = Task.Run(() =>
        {
            for (long i = 0; i < 100_000; i++)
            {
                cache.AddOrUpdate(1, (i, i, i));
            }

            Volatile.Write(ref over, true);
        });
        while (!Volatile.Read(ref over))
        {
            Assert.True(cache.TryGet(1, out (long First, long Second, long Third) value));
            Assert.True(value.First == value.Second && value.Second == value.Third);
        }

        await writer;
    }
}
