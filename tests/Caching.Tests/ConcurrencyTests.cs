using System.Collections.Concurrent;

namespace Squelch.Caching.Tests;

/// <summary>Random operations of several threads, held to what a locked dictionary would allow.</summary>
public sealed class ConcurrencyTests
{
    private const int Threads = 4;
    private const int Operations = 30_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lru_(bool deterministic) => Run<Lru>(deterministic);

    [Fact]
    public void Gdsf_() => Run<Gdsf>(deterministic: false);

    [Fact]
    public void S3Fifo_() => Run<S3Fifo>(deterministic: false);

    [Fact]
    public void WTinyLfu_() => Run<WTinyLfu>(deterministic: false);

    [Fact]
    public void Hyperbolic_() => Run<Hyperbolic>(deterministic: false);

    /// <summary>
    /// No value of another key; the capacity is held but for the changes that wait; each value that came in is either there or was told of exactly once; and what is there at the end
    /// is what the cache and its policy count.
    /// </summary>
    private static void Run<TPolicy>(bool deterministic)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        const int Capacity = 100;
        var told = new ConcurrentDictionary<Value, int>();
        var made = new ConcurrentBag<Value>();
        using var cache = new PolicyCache<int, Value, TPolicy>(new()
        {
            Capacity = Capacity,
            Deterministic = deterministic,
            OnRemoved = removed =>
            {
                Assert.Equal(removed.Key, removed.Value.Key);
                told.AddOrUpdate(removed.Value, 1, (_, times) => times + 1);
            },
        });
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < Operations; i++)
            {
                int key = (int)(300 * Math.Pow(random.NextDouble(), 2));
                switch (random.Next(12))
                {
                    case 0:
                        cache.AddOrUpdate(key, Make(key));
                        break;
                    case 1:
                        if (cache.TryRemove(key, out Value? taken))
                        {
                            Assert.Equal(key, taken.Key);
                        }

                        break;
                    case 2:
                        cache.TryAdd(key, Make(key), new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMilliseconds(random.Next(1, 20)) });
                        break;
                    case 3 when random.Next(20) == 0:
                        cache.Resize(Capacity - random.Next(2));
                        break;
                    case 4 or 5 or 6:
                        if (cache.TryGet(key, out Value? found))
                        {
                            Assert.Equal(key, found.Key);
                        }

                        break;
                    default:
                        Assert.Equal(key, cache.GetOrAdd(key, Make).Key);
                        break;
                }

                Assert.InRange(cache.Count, 0, Capacity + Maintenance<int, Value>.MostWaiting(Capacity) + (2 * Threads));
            }
        });
        // What was to live for a moment is too old by then.
        Thread.Sleep(50);
        cache.RemoveExpired();
        Value[] there = [.. cache.Select(pair => pair.Value)];
        Assert.InRange(cache.Count, 1, Capacity);
        Assert.Equal(cache.Count, cache.Size);
        Assert.Equal(cache.Count, cache.Count());
        Assert.Equal(cache.Metrics.Requests, cache.Metrics.Hits + cache.Metrics.Misses);
        Assert.True(cache.Metrics.Evictions > 1000, $"{cache.Metrics.Evictions} evictions");
        cache.Dispose();
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Size);
        Assert.Equal(0, cache.Metrics.FailedCallbacks);
        Assert.All(told, pair => Assert.Equal(1, pair.Value));
        Assert.True(there.All(told.ContainsKey), "what was there is told of at the end");
        Assert.Equal(told.Count, Enum.GetValues<RemovalReason>().Sum(cache.Metrics.Removals));
        Assert.True(made.Count >= told.Count, "nothing is told of that was not made");

        Value Make(int key)
        {
            var value = new Value(key);
            made.Add(value);
            return value;
        }
    }

    /// <summary>One thread at a time writes a key, so that each knows what it must read.</summary>
    [Fact]
    public void NoUpdateIsLost()
    {
        using var cache = new PolicyCache<int, long, Lru>(new() { Capacity = 1000 });
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            var random = new Random(thread);
            var model = new Dictionary<int, long>();
            for (int i = 0; i < Operations; i++)
            {
                int key = (random.Next(50) * Threads) + thread;
                switch (random.Next(4))
                {
                    case 0:
                        cache.AddOrUpdate(key, i);
                        model[key] = i;
                        break;
                    case 1:
                        Assert.Equal(model.Remove(key, out long removed), cache.TryRemove(key, out long taken));
                        Assert.Equal(removed, taken);
                        break;
                    case 2:
                        model.TryAdd(key, i);
                        Assert.Equal(model[key], cache.GetOrAdd(key, static (_, made) => made, (long)i));
                        break;
                    default:
                        Assert.Equal(model.TryGetValue(key, out long known), cache.TryGet(key, out long value));
                        Assert.Equal(known, value);
                        break;
                }
            }
        });
        Assert.Equal(0, cache.Metrics.Evictions);
        Assert.Equal(cache.Count, cache.Size);
    }

    private sealed class Value(int key)
    {
        public int Key => key;
    }
}
