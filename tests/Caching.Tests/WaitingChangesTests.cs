using System.Collections.Concurrent;

namespace Squelch.Caching.Tests;

/// <summary>Where values are small beside the capacity, a few changes wait before the policy is told of them.</summary>
public sealed class WaitingChangesTests
{
    private const int Capacity = 20_000;

    /// <summary>Who looks sees the capacity held; the values that leave are told of later: of at most a sixteenth of the capacity, and of as many that a thread of the pool tells of meanwhile.</summary>
    [Fact]
    public void TheCapacityIsHeldWhenSomebodyLooks()
    {
        int told = 0;
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = Capacity, OnRemoved = _ => Interlocked.Increment(ref told) });
        int waited = 0;
        for (int key = 0; key < 2 * Capacity; key++)
        {
            cache.AddOrUpdate(key, key);
            waited = Math.Max(waited, key + 1 - Volatile.Read(ref told) - Capacity);
            if (key % 1000 == 0)
            {
                Assert.Equal((Math.Min(key + 1, Capacity), Math.Min(key + 1, Capacity), Math.Max(0, key + 1 - Capacity)), (cache.Count, cache.Size, cache.Metrics.Evictions));
            }
        }

        Assert.InRange(waited, 1, Capacity / 8);
        Assert.Equal(Enumerable.Range(Capacity, Capacity), cache.Select(pair => pair.Key).Order());
    }

    /// <summary>One value that is large beside the capacity makes its room at once.</summary>
    [Fact]
    public void LargeValuesDoNotWait()
    {
        var removed = new List<int>();
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = Capacity, SizeOf = (_, size) => size, OnRemoved = entry => removed.Add(entry.Key) });
        cache.AddOrUpdate(1, Capacity / 2);
        cache.AddOrUpdate(2, Capacity / 2);
        cache.AddOrUpdate(3, Capacity / 10);
        Assert.Equal([1], removed);
    }

    /// <summary>A large value that comes while another thread tells the policy has its room once that thread is done, without another call.</summary>
    [Fact]
    public void LargeValuesThatComeMeanwhileDoNotWait()
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var removed = new ConcurrentQueue<int>();
        using var cache = new PolicyCache<int, int, Lru>(new()
        {
            Capacity = Capacity,
            SizeOf = (_, size) => size,
            OnRemoved = entry => removed.Enqueue(entry.Key),
            KeyNumber = key =>
            {
                if (key == 2)
                {
                    inside.Set();
                    goOn.Wait();
                }

                return (ulong)key;
            },
        });
        cache.AddOrUpdate(1, Capacity / 2);
        var other = new Thread(() => cache.AddOrUpdate(2, Capacity / 2));
        other.Start();
        inside.Wait();
        cache.AddOrUpdate(3, Capacity / 2);
        cache.AddOrUpdate(4, 1);
        Assert.Empty(removed);
        goOn.Set();
        other.Join();
        Assert.Equal([1, 2], removed);
    }

    /// <summary>Uses of a value that the policy has not heard of count once it has.</summary>
    [Fact]
    public void EarlyUsesCount()
    {
        using var cache = new PolicyCache<int, int, Lfu>(new() { Capacity = Capacity });
        for (int key = 0; key < Capacity; key++)
        {
            cache.AddOrUpdate(key, key);
            if (key % 2 == 0)
            {
                Assert.True(cache.TryGet(key, out _));
            }
        }

        for (int key = Capacity; key < Capacity + (Capacity / 2); key++)
        {
            cache.AddOrUpdate(key, key);
            cache.TryGet(key, out _);
        }

        Assert.Equal(Capacity / 2, Enumerable.Range(0, Capacity / 2).Count(half => cache.ContainsKey(2 * half)));
    }

    /// <summary>One thread in one cache loses no use while values come in: it misses as often as a replay, but for the changes that wait.</summary>
    [Fact]
    public void OneThreadHitsAsOftenAsAReplay()
    {
        ulong[] keys = [.. KeyTraceReader.Read(SeededTraces.Zipf("zipf1")).Take(300_000).Select(request => request.Key)];
        var replay = new KeyCache(default(WTinyLfu).CreateSelector, 10_000);
        using var cache = new PolicyCache<ulong, ulong, WTinyLfu>(new() { Capacity = 10_000 });
        foreach (ulong key in keys)
        {
            replay.Request(new(key));
            if (!cache.TryGet(key, out _))
            {
                cache.AddOrUpdate(key, key);
            }
        }

        Assert.InRange(cache.Metrics.Misses, 0.995 * replay.Misses, 1.005 * replay.Misses);
    }
}
