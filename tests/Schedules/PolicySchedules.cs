using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;
using Squelch.Caching;

namespace Squelch.Schedules;

/// <summary>What holds in each order of the threads' steps. README.md says how they are run.</summary>
public static class PolicySchedules
{
    /// <summary>However many ask together, one makes the value, and all get it.</summary>
    [Test]
    public static async Task OneCallOfTheFactory()
    {
        var cache = new PolicyCache<int, string, Lru>(new() { Capacity = 4 });
        int calls = 0;
        string[] values = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () => await cache.GetOrAddAsync(1, async (key, _) =>
        {
            Interlocked.Increment(ref calls);
            await Task.Yield();
            return $"{key}";
        }))));
        Specification.Assert(calls == 1, $"{calls} calls");
        Specification.Assert(values.All(value => value == "1"), string.Join(", ", values));
        Specification.Assert(cache.Count == 1, $"{cache.Count} values");
    }

    /// <summary>One of two who wait gives up, at any moment: the other gets the value.</summary>
    [Test]
    public static async Task OneWhoGivesUpFailsNobodyElse()
    {
        var cache = new PolicyCache<int, string, Lru>(new() { Capacity = 4 });
        using var stop = new CancellationTokenSource();
        Task first = Task.Run(async () =>
        {
            try
            {
                await cache.GetOrAddAsync(1, Make, default, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // It gave up in time.
            }
        });
        Task<string> second = Task.Run(async () => await cache.GetOrAddAsync(1, Make));
        await Task.WhenAll(first, Task.Run(stop.Cancel));
        Specification.Assert(await second == "1", "the other gets its value");

        static async ValueTask<string> Make(int key, CancellationToken cancelled)
        {
            await Task.Yield();
            cancelled.ThrowIfCancellationRequested();
            return $"{key}";
        }
    }

    /// <summary>Values come, go and are made together: once all is quiet the capacity is held, and the policy knows what is there.</summary>
    [Test]
    public static async Task TheCapacityIsHeld()
    {
        const int Capacity = 2;
        int told = 0;
        var cache = new PolicyCache<int, string, S3Fifo>(new() { Capacity = Capacity, OnRemoved = _ => Interlocked.Increment(ref told) });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < 4; i++)
            {
                await Change(cache, (thread + i) % 4, i % 2 == 0, thread == 1);
                await Task.Yield();
            }
        })));
        Specification.Assert(cache.Count <= Capacity, "the capacity is held");
        Specification.Assert(cache.Count == cache.Count() && cache.Count == cache.Size, "all count alike");
        cache.Clear();
        Specification.Assert(cache.Count == 0 && told == Enum.GetValues<RemovalReason>().Sum(cache.Metrics.Removals), "all that left is told of");
    }

    /// <summary>A value is set, set again, and taken out by what it is, together: each leaves once.</summary>
    [Test]
    public static async Task EachValueLeavesOnce()
    {
        var told = new List<string>();
        var cache = new PolicyCache<int, string, Lru>(new()
        {
            Capacity = 2,
            OnRemoved = removed =>
            {
                lock (told)
                {
                    told.Add(removed.Value);
                }
            },
        });
        cache.AddOrUpdate(1, "a");
        bool taken = false;
        await Task.WhenAll(
            Task.Run(() => cache.AddOrUpdate(1, "b")),
            Task.Run(() => cache.AddOrUpdate(1, "c")),
            Task.Run(() => taken = cache.TryRemove(new KeyValuePair<int, string>(1, "b"))),
            Task.Run(() => cache.TryGet(1, out _)));
        Specification.Assert(!taken || told.Contains("b"), "what is taken out is told of");
        cache.Clear();
        Specification.Assert(told.Order().SequenceEqual(["a", "b", "c"]), string.Join(", ", told));
    }

    private static async Task Change(PolicyCache<int, string, S3Fifo> cache, int key, bool sets, bool removes)
    {
        if (sets)
        {
            cache.AddOrUpdate(key, "set");
        }
        else if (removes)
        {
            cache.TryRemove(key);
        }
        else
        {
            await cache.GetOrAddAsync(key, static async (_, _) =>
            {
                await Task.Yield();
                return "made";
            });
        }
    }
}
