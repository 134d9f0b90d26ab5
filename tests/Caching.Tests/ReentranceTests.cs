namespace Squelch.Caching.Tests;

/// <summary>Factories, callbacks and comparers that use the cache that calls them, or throw.</summary>
public sealed class ReentranceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANullKeyIsRefusedByAllAndHarmsNothing(bool withComparer)
    {
        using var cache = new PolicyCache<string, int, Lru>(new() { Capacity = 4, Comparer = withComparer ? StringComparer.OrdinalIgnoreCase : null });
        cache.AddOrUpdate("a", 1);
        Action[] calls =
        [
            () => cache.TryGet(null!, out _),
            () => cache.ContainsKey(null!),
            () => cache.AddOrUpdate(null!, 1),
            () => cache.TryAdd(null!, 1),
            () => cache.TryRemove(null!),
            () => cache.TryRemove(new KeyValuePair<string, int>(null!, 1)),
            () => cache.TryPin(null!),
            () => cache.GetOrAdd(null!, _ => 1),
            () => cache.GetOrAdd(null!, (_, _) => 1, 1),
            () => _ = cache.GetOrAddAsync(null!, (_, _) => new(1)),
        ];
        Assert.All(calls, call => Assert.Equal("key", Assert.Throws<ArgumentNullException>(call).ParamName));
        Assert.Throws<ArgumentNullException>(() => cache.GetOrAdd("a", null!));
        Assert.Throws<ArgumentNullException>(() => cache.GetAlternateLookup<ReadOnlySpan<char>>().GetOrAdd("a", null!));
        Assert.Equal((1, 0), (cache.Count, cache.Metrics.Requests));
    }

    [Fact]
    public async Task AnAsynchronousFactoryThatWaitsForItselfIsRefused()
    {
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 4 });
        Task<int> itself = cache.GetOrAddAsync(1, async (key, token) =>
        {
            await Task.Yield();
            return await cache.GetOrAddAsync(key, (_, _) => new(0));
        }).AsTask();
        Task<int> byWay = cache.GetOrAddAsync(2, async (key, token) =>
        {
            await Task.Yield();
            return await cache.GetOrAddAsync(3, async (_, _) =>
            {
                await Task.Yield();
                return cache.GetOrAdd(2, _ => 0);
            });
        }).AsTask();
        Assert.Contains("'1'", (await Assert.ThrowsAsync<InvalidOperationException>(() => itself.WaitAsync(s_patience))).Message, StringComparison.Ordinal);
        Assert.Contains("'2'", (await Assert.ThrowsAsync<InvalidOperationException>(() => byWay.WaitAsync(s_patience))).Message, StringComparison.Ordinal);
        Assert.Equal(0, cache.Count);

        // Another key, and its own once it is made, it may ask for.
        Task<int> later = Task.FromResult(0);
        var gate = new TaskCompletionSource();
        Assert.Equal(6, await cache.GetOrAddAsync(1, async (key, _) =>
        {
            later = Later(key);
            return 1 + await cache.GetOrAddAsync(2, (_, _) => new(5));
        }));
        gate.SetResult();
        Assert.Equal(9, await later.WaitAsync(s_patience));

        async Task<int> Later(int key)
        {
            await gate.Task;
            cache.TryRemove(key);
            return await cache.GetOrAddAsync(key, async (_, _) =>
            {
                await Task.Yield();
                return 9;
            });
        }
    }

    [Fact]
    public void AFactoryMaySetOrRemoveItsOwnKey()
    {
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 4 });
        Assert.Equal(2, cache.GetOrAdd(1, key =>
        {
            cache.AddOrUpdate(key, 1);
            return 2;
        }));
        Assert.True(cache.TryGet(1, out int kept));
        Assert.Equal(1, kept);
        Assert.Equal(2, cache.GetOrAdd(2, key =>
        {
            Assert.False(cache.TryRemove(key));
            return 2;
        }));
        Assert.False(cache.ContainsKey(2));
        Assert.Throws<IOException>(() => cache.GetOrAdd(3, key =>
        {
            cache.Clear();
            throw new IOException();
        }));
        Assert.Equal((0, 1), (cache.Count, cache.Metrics.FailedLoads));
    }

    /// <summary>Each removal brings about the next, as where values depend on each other: far deeper than a stack is.</summary>
    [Fact]
    public void ACallbackMayRemoveTheNextOfMany()
    {
        const int Keys = 100_000;
        int told = 0;
        PolicyCache<int, int, Lru> cache = null!;
        cache = new(new()
        {
            Capacity = Keys,
            OnRemoved = removed =>
            {
                Interlocked.Increment(ref told);
                cache.TryRemove(removed.Key + 1);
            },
        });
        for (int key = 0; key < Keys; key++)
        {
            cache.AddOrUpdate(key, key);
        }

        // A thread of the pool may be the one that tells.
        cache.TryRemove(0);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref told) == Keys, TimeSpan.FromMinutes(1)), $"{told} removals");
        Assert.Equal(0, cache.Count);
        cache.Dispose();
    }

    [Fact]
    public void ACallbackMayUseAnotherCacheAndDisposeItsOwn()
    {
        var told = new List<int>();
        using var other = new PolicyCache<int, int, Lru>(new() { Capacity = 1, Deterministic = true, OnRemoved = removed => told.Add(-removed.Key) });
        PolicyCache<int, int, Lru> cache = null!;
        cache = new(new()
        {
            Capacity = 2,
            Deterministic = true,
            OnRemoved = removed =>
            {
                other.AddOrUpdate(removed.Key, 0);
                told.Add(removed.Key);
                cache.Dispose();
            },
        });
        cache.AddOrUpdate(1, 1);
        cache.AddOrUpdate(2, 2);
        cache.AddOrUpdate(3, 3);
        Assert.Equal([1, -1], told[..2]);
        Assert.Equal([1, 2, 3], told.Where(key => key > 0).Order());
        Assert.Equal(5, told.Count);
        Assert.Throws<ObjectDisposedException>(() => cache.AddOrUpdate(4, 4));
    }

    /// <summary>The one who gives up hears that he did, not what listens to the factory's token.</summary>
    [Fact]
    public async Task WhoGivesUpHearsNothingElse()
    {
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 4 });
        using var give = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        Task<int> wait = cache.GetOrAddAsync(
            1,
            async (_, token) =>
            {
                token.Register(() =>
                {
                    told.SetResult();
                    throw new IOException();
                });
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return 0;
            },
            cancellationToken: give.Token).AsTask();
        give.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(s_patience));
        await told.Task.WaitAsync(s_patience);
        Assert.Equal(2, await cache.GetOrAddAsync(1, (_, _) => new(2)).AsTask().WaitAsync(s_patience));
    }

    [Fact]
    public void WhatAComparerThrowsReachesItsCallerAndHarmsNoOther()
    {
        using var cache = new PolicyCache<string, int, Lru>(new() { Capacity = 4, Deterministic = true, Comparer = new Moody() });
        cache.AddOrUpdate("a", 1);
        Assert.Throws<IOException>(() => cache.AddOrUpdate("bad hash", 1));
        Assert.Throws<IOException>(() => cache.GetOrAdd("bad equal", _ => 1));
        Assert.Throws<IOException>(() => cache.TryGet("bad equal", out _));
        cache.AddOrUpdate("b", 2);
        Assert.Equal(["a", "b"], cache.Select(pair => pair.Key).Order());
    }

    /// <summary>Once the policy was told of only a part of what happened, what it holds is not known any more.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ACacheWhosePolicyMissedAChangeSaysSoFromThenOn(bool deterministic)
    {
        bool fails = false;
        var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 1000, Deterministic = deterministic, KeyNumber = key => fails ? throw new IOException() : (ulong)key });
        cache.AddOrUpdate(1, 1);
        fails = true;
        Assert.Throws<IOException>(() =>
        {
            for (int key = 2; key < 1000; key++)
            {
                cache.AddOrUpdate(key, key);
            }
        });
        fails = false;
        Assert.IsType<IOException>(Assert.Throws<InvalidOperationException>(() => cache.AddOrUpdate(2000, 1)).InnerException);
    }

    private sealed class Moody : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x == "bad equal" || y == "bad equal" ? throw new IOException() : x == y;

        public int GetHashCode(string key) => key == "bad hash" ? throw new IOException() : 1;
    }
}
