namespace Squelch.Caching.Tests;

public sealed class PolicyCacheTests
{
    private readonly List<RemovedEntry<string, int>> _removed = [];

    [Fact]
    public void AValueIsThereUntilItIsTakenOut()
    {
        using PolicyCache<string, int, Lru> cache = Cache(3);
        Assert.False(cache.TryGet("a", out _));
        cache.AddOrUpdate("a", 1);
        Assert.True(cache.TryGet("a", out int value));
        Assert.Equal(1, value);
        cache.AddOrUpdate("a", 2);
        Assert.False(cache.TryAdd("a", 9));
        Assert.True(cache.TryAdd("b", 3));
        Assert.Equal(2, cache.Count);
        Assert.True(cache.TryRemove("a", out value));
        Assert.Equal(2, value);
        Assert.False(cache.TryRemove("a"));
        Assert.False(cache.ContainsKey("a"));
        Assert.Equal([new("a", 1, RemovalReason.Replaced), new("a", 2, RemovalReason.Removed)], _removed);
        Assert.Equal((1, 1, 1, 1), (cache.Metrics.Hits, cache.Metrics.Misses, cache.Metrics.Removals(RemovalReason.Replaced), cache.Metrics.Removals(RemovalReason.Removed)));
    }

    [Fact]
    public void ThePolicyChoosesWhatGoes()
    {
        using PolicyCache<string, int, Lru> cache = Cache(3);
        foreach (string key in new[] { "a", "b", "c" })
        {
            cache.GetOrAdd(key, key => key[0]);
        }

        cache.TryGet("a", out _);
        cache.AddOrUpdate("b", 7);
        cache.GetOrAdd("d", _ => 4);
        Assert.Equal([new("b", 'b', RemovalReason.Replaced), new("c", 'c', RemovalReason.Capacity)], _removed);
        Assert.Equal(["a", "b", "d"], cache.Select(pair => pair.Key).Order());
    }

    /// <summary>The cost that is told, and the time of the factory where it is measured, are what the score reads.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatCostsLeastGoesFirst(bool measured)
    {
        var time = new ManualTime();
        using var cache = new PolicyCache<string, int, Gdsf>(new() { Capacity = 2, Deterministic = true, MeasureCost = measured, TimeProvider = time });
        int Make(string key, double cost) => cache.GetOrAdd(
            key,
            _ =>
            {
                time.Advance(cost);
                return 1;
            },
            new() { Cost = measured ? null : cost });
        Make("dear", 9);
        Make("cheap", 1);
        Make("new", 5);
        Assert.Equal(["dear", "new"], cache.Select(pair => pair.Key).Order());
    }

    [Fact]
    public void BytesAreHeldToTheCapacity()
    {
        using var cache = new PolicyCache<int, byte[], S3Fifo>(new() { Capacity = 1000, Deterministic = true, SizeOf = (_, value) => value.Length });
        var random = new Random(1);
        for (int i = 0; i < 5000; i++)
        {
            cache.GetOrAdd(random.Next(100), _ => new byte[random.Next(0, 300)]);
            Assert.InRange(cache.Size, 0, 1000);
            Assert.Equal(cache.Size, cache.Sum(pair => pair.Value.Length));
        }
    }

    [Fact]
    public void WhatIsTooLargeIsNotKept()
    {
        using var cache = new PolicyCache<string, int, Lru>(new() { Capacity = 10, SizeOf = (_, value) => value, OnRemoved = _removed.Add });
        cache.AddOrUpdate("a", 4);
        Assert.Equal(11, cache.GetOrAdd("b", _ => 11));
        Assert.Equal([new("b", 11, RemovalReason.Capacity)], _removed);
        Assert.Equal(1, cache.Count);

        // Nor is the value that it was to replace.
        cache.AddOrUpdate("a", 12);
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.AddOrUpdate("a", -1));
    }

    [Fact]
    public void PinnedValuesStay()
    {
        using PolicyCache<string, int, Lru> cache = Cache(2);
        cache.AddOrUpdate("a", 1, new() { Pinned = true });
        cache.AddOrUpdate("b", 2);
        cache.AddOrUpdate("c", 3);
        Assert.Equal("b", Assert.Single(_removed).Key);
        Assert.True(cache.TryPin("c"));
        cache.AddOrUpdate("d", 4);
        Assert.Equal(new("d", 4, RemovalReason.Capacity), _removed[^1]);
        Assert.True(cache.TryPin("a", pinned: false));
        cache.AddOrUpdate("e", 5);
        Assert.Equal(new("a", 1, RemovalReason.Capacity), _removed[^1]);
        Assert.False(cache.TryPin("x"));
    }

    [Fact]
    public void TheCapacityMayChange()
    {
        using PolicyCache<string, int, Lru> cache = Cache(4);
        foreach (string key in new[] { "a", "b", "c", "d" })
        {
            cache.AddOrUpdate(key, 1);
        }

        cache.Resize(2);
        Assert.Equal((2, 2, 2), (cache.Count, cache.Size, cache.Capacity));
        Assert.Equal(["a", "b"], _removed.Select(removed => removed.Key));
        cache.Resize(3);
        cache.AddOrUpdate("e", 1);
        Assert.Equal(3, cache.Count);
        cache.Trim(1);
        Assert.Equal(["e"], cache.Select(pair => pair.Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Resize(0));
    }

    [Fact]
    public void ClearTakesAllOut()
    {
        using PolicyCache<string, int, Arc> cache = new(new() { Capacity = 2, OnRemoved = _removed.Add });
        cache.AddOrUpdate("a", 1, new() { Pinned = true });
        cache.AddOrUpdate("b", 2, new() { SlidingExpiration = TimeSpan.FromHours(1) });
        cache.Clear();
        Assert.Equal((0, 0), (cache.Count, cache.Size));
        Assert.Equal(["a", "b"], _removed.Select(removed => removed.Key).Order());
        cache.AddOrUpdate("c", 3);
        Assert.True(cache.TryGet("c", out _));
    }

    [Fact]
    public void KeysAreFoundByTheirComparerAndBySpans()
    {
        using var cache = new PolicyCache<string, int, WTinyLfu>(new() { Capacity = 8, Comparer = StringComparer.OrdinalIgnoreCase });
        cache.AddOrUpdate("Key", 1);
        Assert.True(cache.TryGet("KEY", out _));
        var lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        Assert.True(lookup.TryGet("a key".AsSpan(2), out int value));
        Assert.Equal(1, value);
        Assert.Equal(5, lookup.GetOrAdd("other".AsSpan(), key => key.Length));
        Assert.True(cache.ContainsKey("Other"));
        Assert.True(lookup.TryRemove("OTHER", out _));
        Assert.Throws<InvalidOperationException>(() => cache.GetAlternateLookup<ReadOnlySpan<byte>>());
    }

    [Fact]
    public void ValuesAreDisposedOnRequestOnce()
    {
        using (var cache = new PolicyCache<int, Counted, Lru>(new() { Capacity = 3, DisposeValues = true }))
        {
            Counted[] made = [.. Enumerable.Range(0, 10).Select(_ => new Counted())];
            for (int i = 0; i < 10; i++)
            {
                cache.AddOrUpdate(i % 5, made[i]);
            }

            Assert.Equal(7, made.Sum(value => value.Disposals));
            cache.Dispose();
            Assert.All(made, value => Assert.Equal(1, value.Disposals));
            Assert.Throws<ObjectDisposedException>(() => cache.AddOrUpdate(1, new Counted()));
            Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd(1, _ => new Counted()));
            Assert.False(cache.TryGet(1, out _));
        }
    }

    [Fact]
    public void WhatACallbackThrowsIsCountedAndHarmsNothing()
    {
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 1, OnRemoved = _ => throw new InvalidOperationException() });
        cache.AddOrUpdate(1, 1);
        cache.AddOrUpdate(2, 2);
        Assert.Equal((1, 1, 1), (cache.Count, cache.Metrics.Evictions, cache.Metrics.FailedCallbacks));
    }

    [Fact]
    public void TunablesAreSetAndChecked()
    {
        using var cache = new PolicyCache<int, int, Marconi>(new Marconi { Alpha = 0.5 }, new() { Capacity = 4 });
        Assert.Equal(0.5, cache.Policy.Alpha);
        cache.Policy = new Marconi { Alpha = 1 };
        Assert.Equal(1, cache.Policy.Alpha);
        Assert.Throws<SquelchException>(() => cache.Policy = new Marconi { Alpha = 3 });
        Assert.Throws<SquelchException>(() => new PolicyCache<int, int, Marconi>(new Marconi { Alpha = -1 }, new() { Capacity = 4 }));
        Assert.Equal(1, cache.Policy.Alpha);
    }

    [Fact]
    public void PoliciesOfTreesAndOfTheFutureAreRefused()
    {
        Assert.Contains("depthTokens", Assert.Throws<SquelchException>(() => new PolicyCache<int, int, KvCacheInTheWild>(new() { Capacity = 4 })).Message, StringComparison.Ordinal);
        Assert.Contains("sessionGap", Assert.Throws<SquelchException>(() => new PolicyCache<int, int, ExpectedSaving>(new() { Capacity = 4 })).Message, StringComparison.Ordinal);
        Assert.Contains("only a replay", Assert.Throws<SquelchException>(() => new PolicyCache<int, int, Belady>(new() { Capacity = 4 })).Message, StringComparison.Ordinal);
        Assert.Contains("CacheClock.Seconds", Assert.Throws<SquelchException>(() => new PolicyCache<int, int, Ttl>(new() { Capacity = 4 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolicyCache<int, int, Lru>(new() { Capacity = 0 }));
    }

    /// <summary>A hit keeps what was said of a value when it came in.</summary>
    [Fact]
    public void PriorityAndExpiresAreWhatWasSaid()
    {
        using var ranked = new PolicyCache<string, int, Priority>(new() { Capacity = 2, Deterministic = true });
        ranked.AddOrUpdate("high", 1, new() { Priority = 2 });
        ranked.AddOrUpdate("low", 1, new() { Priority = 1 });
        ranked.TryGet("high", out _);
        ranked.TryGet("low", out _);
        ranked.AddOrUpdate("new", 1);
        Assert.Equal(["high", "new"], ranked.Select(pair => pair.Key).Order());
        Assert.Throws<ArgumentOutOfRangeException>("Priority", () => ranked.AddOrUpdate("x", 1, new() { Priority = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Cost", () => ranked.AddOrUpdate("x", 1, new() { Cost = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("Cost", () => ranked.AddOrUpdate("x", 1, new() { Cost = -3 }));

        var time = new ManualTime();
        using var stale = new PolicyCache<string, int, Ttl>(new Ttl { Life = 60 }, new() { Capacity = 2, Clock = CacheClock.Seconds, TimeProvider = time });
        stale.AddOrUpdate("idle", 1);
        time.Advance(61);
        stale.AddOrUpdate("fresh", 1);
        stale.AddOrUpdate("new", 1);
        Assert.Equal(["fresh", "new"], stale.Select(pair => pair.Key).Order());
    }

    private PolicyCache<string, int, Lru> Cache(long capacity) => new(new() { Capacity = capacity, OnRemoved = _removed.Add });

    private sealed class Counted : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
