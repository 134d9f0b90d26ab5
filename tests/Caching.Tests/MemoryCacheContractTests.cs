using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace Squelch.Caching.Tests;

/// <summary>What the documentation of IMemoryCache, ICacheEntry and their extensions promises, of a cache under a policy.</summary>
public sealed class MemoryCacheContractTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly PolicyMemoryCache<Lru> _cache;

    public MemoryCacheContractTests() => _cache = new(new() { Capacity = 100, TimeProvider = _time });

    [Fact]
    public void SetGetRemove()
    {
        Assert.False(_cache.TryGetValue("a", out object? value));
        Assert.Null(value);
        Assert.Equal(1, _cache.Set("a", 1));
        Assert.Equal(1, _cache.Get<int>("a"));
        _cache.Set("a", "text");
        Assert.Equal("text", _cache.Get("a"));
        Assert.Null(_cache.Set<object?>("null", null));
        Assert.True(_cache.TryGetValue("null", out value));
        Assert.Null(value);
        _cache.Remove("a");
        _cache.Remove("never there");
        Assert.Null(_cache.Get("a"));
        Assert.Throws<ArgumentNullException>(() => _cache.TryGetValue(null!, out _));
        Assert.Throws<ArgumentNullException>(() => _cache.CreateEntry(null!));
        Assert.Throws<ArgumentNullException>(() => _cache.Remove(null!));
    }

    [Fact]
    public async Task GetOrCreateMakesWhatIsMissing()
    {
        Assert.Equal(1, _cache.GetOrCreate("a", _ => 1));
        Assert.Equal(1, _cache.GetOrCreate("a", _ => 2));
        Assert.Equal(3, await _cache.GetOrCreateAsync("b", async _ =>
        {
            await Task.Yield();
            return 3;
        }));
        Assert.Equal(3, _cache.Get("b"));
        Assert.Throws<IOException>(() => _cache.GetOrCreate<int>("c", _ => throw new IOException()));
        Assert.False(_cache.TryGetValue("c", out _));
    }

    [Fact]
    public void AnEntryComesWhenItIsDisposedAndHasAValue()
    {
        ICacheEntry entry = _cache.CreateEntry("a");
        entry.Value = 1;
        Assert.False(_cache.TryGetValue("a", out _));
        entry.Dispose();
        Assert.Equal(1, _cache.Get("a"));
        _cache.Remove("a");
        entry.Dispose();
        Assert.False(_cache.TryGetValue("a", out _));
        _cache.CreateEntry("b").Dispose();
        Assert.False(_cache.TryGetValue("b", out _));
    }

    [Fact]
    public void OptionsOfAnEntryAreChecked()
    {
        using ICacheEntry entry = _cache.CreateEntry("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => entry.AbsoluteExpirationRelativeToNow = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => entry.SlidingExpiration = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => entry.Size = -1);
        Assert.Equal("a", entry.Key);
        Assert.Equal(CacheItemPriority.Normal, entry.Priority);
        Assert.Null(entry.Size);
        Assert.Null(entry.AbsoluteExpiration);
        Assert.Empty(entry.ExpirationTokens);
        Assert.Empty(entry.PostEvictionCallbacks);
    }

    [Fact]
    public async Task ExpirationsEndAnEntry()
    {
        Task<EvictionReason> absolute = Ended("absolute", options => options.SetAbsoluteExpiration(TimeSpan.FromMinutes(2)));
        Task<EvictionReason> until = Ended("until", options => options.SetAbsoluteExpiration(_time.GetUtcNow().AddMinutes(2)));
        Task<EvictionReason> sliding = Ended("sliding", options => options.SetSlidingExpiration(TimeSpan.FromMinutes(1)));
        for (int i = 0; i < 4; i++)
        {
            _time.Advance(29);
            Assert.All(["absolute", "until", "sliding"], key => Assert.True(_cache.TryGetValue(key, out _)));
        }

        _time.Advance(5);
        Assert.False(_cache.TryGetValue("absolute", out _));
        Assert.False(_cache.TryGetValue("until", out _));
        Assert.True(_cache.TryGetValue("sliding", out _));
        _time.Advance(60);
        Assert.False(_cache.TryGetValue("sliding", out _));
        Assert.All(await Task.WhenAll(absolute, until, sliding), reason => Assert.Equal(EvictionReason.Expired, reason));
    }

    [Fact]
    public async Task CallbacksAreToldOnceWithKeyValueReasonAndState()
    {
        var told = new TaskCompletionSource<(object, object?, EvictionReason, object?)>();
        int calls = 0;
        _cache.Set("a", 1, new MemoryCacheEntryOptions()
            .RegisterPostEvictionCallback((_, _, _, _) => throw new InvalidOperationException())
            .RegisterPostEvictionCallback(
                (key, value, reason, state) =>
                {
                    Interlocked.Increment(ref calls);
                    told.TrySetResult((key, value, reason, state));
                },
                "state"));
        _cache.Set("a", 2);
        Assert.Equal(("a", 1, EvictionReason.Replaced, "state"), await told.Task);
        _cache.Remove("a");
        _cache.Clear();
        Assert.Equal(1, calls);
        Assert.Equal(1, _cache.Metrics.FailedCallbacks);

        Task<EvictionReason> removed = Ended("b", options => options);
        _cache.Remove("b");
        Assert.Equal(EvictionReason.Removed, await removed);
    }

    [Fact]
    public async Task TokensEndAnEntry()
    {
        using var source = new CancellationTokenSource();
        Task<EvictionReason> fired = Ended("a", options => options.AddExpirationToken(new CancellationChangeToken(source.Token)));
        Task<EvictionReason> before = Ended("b", options => options.AddExpirationToken(new CancellationChangeToken(source.Token)));
        _cache.Remove("b");
        Assert.True(_cache.TryGetValue("a", out _));
        source.Cancel();
        Assert.False(_cache.TryGetValue("a", out _));
        Assert.Equal(EvictionReason.TokenExpired, await fired);
        Assert.Equal(EvictionReason.Removed, await before);

        Task<EvictionReason> late = Ended("c", options => options.AddExpirationToken(new CancellationChangeToken(source.Token)));
        Assert.False(_cache.TryGetValue("c", out _));
        Assert.Equal(EvictionReason.TokenExpired, await late);

        var silent = new SilentToken();
        Task<EvictionReason> polled = Ended("d", options => options.AddExpirationToken(silent));
        Assert.True(_cache.TryGetValue("d", out _));
        silent.HasChanged = true;
        Assert.False(_cache.TryGetValue("d", out _));
        Assert.Equal(EvictionReason.TokenExpired, await polled);
    }

    [Fact]
    public async Task ATokenThatFiresAfterTheEntryWasReplacedHarmsNothing()
    {
        using var source = new CancellationTokenSource();
        Task<EvictionReason> old = Ended("a", options => options.AddExpirationToken(new CancellationChangeToken(source.Token)));
        _cache.Set("a", 2);
        source.Cancel();
        Assert.Equal(2, _cache.Get("a"));
        Assert.Equal(EvictionReason.Replaced, await old);
    }

    [Fact]
    public void LinkedEntriesEndTogetherWhereThatIsTracked()
    {
        using var cache = new PolicyMemoryCache<Lru>(new() { TrackLinkedCacheEntries = true, TimeProvider = _time });
        using var source = new CancellationTokenSource();
        cache.GetOrCreate("outer", _ => cache.GetOrCreate("inner", inner =>
        {
            inner.AddExpirationToken(new CancellationChangeToken(source.Token));
            inner.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1);
            return 1;
        }));
        cache.GetOrCreate("later", _ => cache.Get<int>("inner"));
        cache.Set("apart", 1);
        Assert.Equal(4, cache.Count);
        source.Cancel();
        Assert.Equal(["apart"], cache.Keys);

        cache.GetOrCreate("outer", _ => cache.GetOrCreate("inner", inner =>
        {
            inner.SetAbsoluteExpiration(TimeSpan.FromMinutes(1));
            return 1;
        }));
        _time.Advance(61);
        Assert.False(cache.TryGetValue("outer", out _));

        // Not where it is not.
        using var second = new CancellationTokenSource();
        _cache.GetOrCreate("outer", _ => _cache.GetOrCreate("inner", inner =>
        {
            inner.AddExpirationToken(new CancellationChangeToken(second.Token));
            return 1;
        }));
        second.Cancel();
        Assert.Equal(["outer"], _cache.Keys);
    }

    [Fact]
    public async Task SizesAreHeldToTheLimit()
    {
        using var cache = new PolicyMemoryCache<Lru>(new() { SizeLimit = 10 });
        Assert.Throws<InvalidOperationException>(() => cache.Set("a", 1));
        cache.Set("a", 1, new MemoryCacheEntryOptions { Size = 6 });
        cache.Set("b", 1, new MemoryCacheEntryOptions { Size = 4 });
        Assert.Equal(10, cache.GetCurrentStatistics().CurrentEstimatedSize);
        cache.Set("c", 1, new MemoryCacheEntryOptions { Size = 5 });
        Assert.Equal(["b", "c"], cache.Keys.Order());
        var told = new TaskCompletionSource<EvictionReason>();
        cache.Set("large", 1, new MemoryCacheEntryOptions { Size = 11 }.RegisterPostEvictionCallback((_, _, reason, _) => told.SetResult(reason)));
        Assert.Equal(EvictionReason.Capacity, await told.Task);
        Assert.Equal(2, cache.Count);
        cache.Set("b", 1, new MemoryCacheEntryOptions { Size = 0 });
        Assert.Equal(5, cache.GetCurrentStatistics().CurrentEstimatedSize);
    }

    [Fact]
    public void CompactionTakesTheOldTheLowAndThenByThePolicy()
    {
        foreach ((string key, CacheItemPriority priority) in new[]
            { ("high", CacheItemPriority.High), ("never", CacheItemPriority.NeverRemove), ("n1", CacheItemPriority.Normal), ("n2", CacheItemPriority.Normal), ("low", CacheItemPriority.Low) })
        {
            _cache.Set(key, 1, new MemoryCacheEntryOptions { Priority = priority });
        }

        _cache.Set("old", 1, TimeSpan.FromSeconds(1));
        _time.Advance(2);
        _cache.Get("n1");
        string[][] steps = [["high", "low", "n1", "n2", "never"], ["high", "n1", "n2", "never"], ["high", "n1", "never"], ["high", "never"], ["never"], ["never"]];
        foreach (string[] left in steps)
        {
            _cache.Compact(1.01 / _cache.Count > 1 ? 1 : 1.01 / _cache.Count);
            Assert.Equal(left, _cache.Keys.Order());
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Compact(1.5));
        _cache.Set("new", 1);
        _cache.Compact(0);
        Assert.Equal(2, _cache.Count);
    }

    [Fact]
    public void ThePolicyMakesRoomAndNeverRemoveStays()
    {
        using var cache = new PolicyMemoryCache<Lru>(new() { Capacity = 2 });
        cache.Set("never", 1, new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove });
        cache.Set("a", 1);
        cache.Set("b", 1);
        Assert.Equal(["b", "never"], cache.Keys.Order());
    }

    [Fact]
    public void StatisticsCount()
    {
        _cache.Set("a", 1);
        _cache.Get("a");
        _cache.Get("a");
        _cache.Get("b");
        MemoryCacheStatistics statistics = _cache.GetCurrentStatistics();
        Assert.Equal((1, 2, 1, null), (statistics.CurrentEntryCount, statistics.TotalHits, statistics.TotalMisses, statistics.CurrentEstimatedSize));
    }

    [Fact]
    public void ADisposedCacheRefuses()
    {
        ICacheEntry entry = _cache.CreateEntry("a");
        entry.Value = 1;
        _cache.Dispose();
        _cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _cache.TryGetValue("a", out _));
        Assert.Throws<ObjectDisposedException>(() => _cache.CreateEntry("a"));
        Assert.Throws<ObjectDisposedException>(() => _cache.Remove("a"));
        Assert.Throws<ObjectDisposedException>(() => _cache.Compact(1));

        // Whoever makes an entry while the cache ends has its value.
        entry.Dispose();
        Assert.Equal(0, _cache.GetCurrentStatistics().CurrentEntryCount);
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Sets a key, and gives the reason for which its entry ends.</summary>
    private Task<EvictionReason> Ended(string key, Func<MemoryCacheEntryOptions, MemoryCacheEntryOptions> options)
    {
        var told = new TaskCompletionSource<EvictionReason>();
        _cache.Set(key, 1, options(new()).RegisterPostEvictionCallback((_, _, reason, _) => told.SetResult(reason)));
        return told.Task;
    }

    private sealed class SilentToken : IChangeToken
    {
        public bool HasChanged { get; set; }

        public bool ActiveChangeCallbacks => false;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => throw new NotSupportedException();
    }
}
