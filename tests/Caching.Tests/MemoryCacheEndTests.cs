using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace Squelch.Caching.Tests;

/// <summary>When and how entries of a memory cache end, where several threads, tokens and linked entries have a part in it.</summary>
public sealed class MemoryCacheEndTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ManualTime _time = new();
    private readonly PolicyMemoryCache<Lru> _cache;

    public MemoryCacheEndTests() => _cache = new(new() { Capacity = 100, TimeProvider = _time, TrackLinkedCacheEntries = true });

    [Fact]
    public void WhatIsFoundAndOverIsAMiss()
    {
        var token = new AskedToken();
        _cache.Set("a", 1, token);
        _cache.Get("a");
        token.HasChanged = true;
        Assert.False(_cache.TryGetValue("a", out _));
        MemoryCacheStatistics statistics = _cache.GetCurrentStatistics();
        Assert.Equal((1, 1, 0), (statistics.TotalHits, statistics.TotalMisses, statistics.CurrentEntryCount));
    }

    /// <summary>The old value is replaced, though the new one is not kept.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsOverWhenItComesReplacesAndEndsAtOnce(bool byToken)
    {
        Task<EvictionReason> old = Ended("a", new());
        MemoryCacheEntryOptions options = byToken ? new() { ExpirationTokens = { new AskedToken { HasChanged = true } } } : new() { AbsoluteExpiration = _time.GetUtcNow() };
        Task<EvictionReason> late = Ended("a", options);
        Assert.Equal(EvictionReason.Replaced, await old.WaitAsync(s_patience));
        Assert.Equal(byToken ? EvictionReason.TokenExpired : EvictionReason.Expired, await late.WaitAsync(s_patience));
        Assert.Equal(0, _cache.Count);
    }

    /// <summary>Entries that nobody asks for are ended by what else happens, so that their callbacks are told.</summary>
    [Theory]
    [InlineData("miss")]
    [InlineData("set")]
    [InlineData("remove")]
    public async Task WhatNobodyAsksForEndsInTheBackground(string call)
    {
        var token = new AskedToken();
        Task<EvictionReason> asked = Ended("token", new MemoryCacheEntryOptions { ExpirationTokens = { token } });
        Task<EvictionReason> old = Ended("old", new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(30) });
        token.HasChanged = true;
        _time.Advance(61);
        switch (call)
        {
            case "miss":
                _cache.Get("other");
                break;
            case "set":
                _cache.Set("other", 1);
                break;
            default:
                _cache.Remove("other");
                break;
        }

        Assert.Equal(EvictionReason.TokenExpired, await asked.WaitAsync(s_patience));
        Assert.Equal(EvictionReason.Expired, await old.WaitAsync(s_patience));
    }

    [Fact]
    public void CompactionTakesAllThatIsOverWhateverTheShare()
    {
        var token = new AskedToken();
        _cache.Set("token", 1, token);
        for (int i = 0; i < 7; i++)
        {
            _cache.Set(i, i, i < 4 ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1));
        }

        token.HasChanged = true;
        _time.Advance(2);
        _cache.Compact(0);
        Assert.Equal([4, 5, 6], _cache.Keys.Cast<int>().Order());
        Assert.Equal(3, _cache.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Compact(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Compact(-0.1));
        _cache.Compact(1);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void TheLongestLifeIsForEver()
    {
        _cache.Set("a", 1, TimeSpan.MaxValue);
        _cache.Set("b", 1, new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue, AbsoluteExpiration = DateTimeOffset.MaxValue });
        _time.Advance(1e9);
        Assert.Equal((1, 1), (_cache.Get<int>("a"), _cache.Get<int>("b")));
    }

    /// <summary>To end an entry is to dispose what it listens with, and that waits for callbacks that run: two tokens that fire together must not wait for each other.</summary>
    [Fact]
    public async Task TokensThatFireTogetherDoNotWaitForEachOther()
    {
        for (int round = 0; round < 300; round++)
        {
            using var one = new CancellationTokenSource();
            using var two = new CancellationTokenSource();
            for (int i = 0; i < 8; i++)
            {
                _cache.Set(i, i, new CancellationChangeToken((i % 2 == 0 ? one : two).Token));
            }

            await Task.WhenAll(Task.Run(one.Cancel), Task.Run(two.Cancel), Task.Run(_cache.Clear)).WaitAsync(s_patience);
        }
    }

    [Fact]
    public async Task NothingEndsWithinTheCallbackOfAToken()
    {
        var token = new ToldToken();
        Task<EvictionReason> ended = Ended("a", new() { ExpirationTokens = { token } });
        token.Fire();
        Assert.False(_cache.TryGetValue("a", out _));
        Assert.Equal(EvictionReason.TokenExpired, await ended.WaitAsync(s_patience));
        await token.Released.WaitAsync(s_patience);
        Assert.False(token.WasReleasedWithin);

        // One that goes in another way releases it at once.
        var other = new ToldToken();
        _cache.Set("b", 1, other);
        _cache.Remove("b");
        Assert.True(other.Released.IsCompleted);
    }

    /// <summary>Code that an entry's factory starts may go on after the entry is in the cache: what it adds then ends the entry, too.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsLinkedLaterEndsTheEntry(bool byToken)
    {
        var token = new AskedToken();
        var gate = new TaskCompletionSource();
        Task child = Task.CompletedTask;
        Task<EvictionReason> ended = Ended("outer", new(), () => child = Task.Run(async () =>
        {
            await gate.Task;
            _cache.Set("inner", 1, byToken ? new MemoryCacheEntryOptions { ExpirationTokens = { token } } : new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(5) });

            // It is the outer one's own code that asks for it here.
            Assert.True(_cache.TryGetValue("outer", out _));
        }));
        Assert.Equal(1, _cache.Get("outer"));
        gate.SetResult();
        await child;
        Assert.Equal(1, _cache.Get("outer"));
        token.HasChanged = byToken;
        _time.Advance(5);
        Assert.DoesNotContain("outer", _cache.Keys);
        Assert.False(_cache.TryGetValue("outer", out _));
        Assert.Equal(byToken ? EvictionReason.TokenExpired : EvictionReason.Expired, await ended.WaitAsync(s_patience));
    }

    [Fact]
    public async Task ManyMayLinkToOneThatIsRead()
    {
        ICacheEntry outer = _cache.CreateEntry("outer");
        outer.Value = 1;
        var gate = new TaskCompletionSource();
        Task[] children = [.. Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            await gate.Task;
            for (int i = 0; i < 200; i++)
            {
                _cache.Set((worker, i % 20), i, new MemoryCacheEntryOptions { ExpirationTokens = { new AskedToken() }, AbsoluteExpiration = _time.GetUtcNow().AddDays(1) });
            }
        }))];
        outer.Dispose();
        Task all = Task.WhenAll(children);
        gate.SetResult();
        while (!all.IsCompleted)
        {
            Assert.True(_cache.TryGetValue("outer", out _));
        }

        await all;
        Assert.Equal(800, outer.ExpirationTokens.Count);
        Assert.All(outer.ExpirationTokens, Assert.NotNull);
        Assert.Equal(_time.GetUtcNow().AddDays(1), outer.AbsoluteExpiration);
    }

    [Fact]
    public void TokensAreAListThatMayChangeWhileItIsRead()
    {
        using ICacheEntry entry = _cache.CreateEntry("a");
        IList<IChangeToken> tokens = entry.ExpirationTokens;
        AskedToken[] all = [new(), new(), new()];
        tokens.Add(all[0]);
        tokens.Add(all[2]);
        tokens.Insert(1, all[1]);
        Assert.Equal(all, tokens);
        Assert.Equal((3, 1, true, false), (tokens.Count, tokens.IndexOf(all[1]), tokens.Contains(all[2]), tokens.IsReadOnly));
        foreach (IChangeToken token in tokens)
        {
            Assert.True(tokens.Remove(token));
        }

        Assert.False(tokens.Remove(all[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens.RemoveAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens.Insert(1, all[0]));
        tokens.Add(all[0]);
        tokens[0] = all[1];
        var copy = new IChangeToken[2];
        tokens.CopyTo(copy, 1);
        Assert.Equal([null!, all[1]], copy);
        tokens.Clear();
        Assert.Empty(tokens);
    }

    /// <summary>The cache holds the size that the entry came with: another one would be heard by nobody.</summary>
    [Fact]
    public void ASizeIsSetBeforeTheEntryIsCommitted()
    {
        using var cache = new PolicyMemoryCache<Lru>(new() { SizeLimit = 10 });
        ICacheEntry entry = cache.CreateEntry("a");
        entry.SetValue(1).SetSize(4).Dispose();
        Assert.Contains("'a'", Assert.Throws<InvalidOperationException>(() => entry.Size = 2).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => entry.Size = -1);
        Assert.Equal((4, 4), (entry.Size, cache.GetCurrentStatistics().CurrentEstimatedSize));
    }

    /// <summary>Options that change later change nothing: what they said is in force.</summary>
    [Fact]
    public void OptionsAreReadOnce()
    {
        var options = new PolicyMemoryCacheOptions { SizeLimit = 10 };
        using var cache = new PolicyMemoryCache<Lru>(options);
        options.SizeLimit = null;
        options.CostOf = (_, _) => throw new IOException();
        Assert.Contains("SizeLimit", Assert.Throws<InvalidOperationException>(() => cache.Set("a", 1)).Message, StringComparison.Ordinal);
        cache.Set("a", 1, new MemoryCacheEntryOptions { Size = 3 });
        Assert.Equal(3, cache.GetCurrentStatistics().CurrentEstimatedSize);
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Sets a key, and gives the reason for which its entry ends.</summary>
    private Task<EvictionReason> Ended(string key, MemoryCacheEntryOptions options, Action? within = null)
    {
        var told = new TaskCompletionSource<EvictionReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        using ICacheEntry entry = _cache.CreateEntry(key).SetOptions(options).RegisterPostEvictionCallback((_, _, reason, _) => told.SetResult(reason));
        entry.Value = 1;
        within?.Invoke();
        return told.Task;
    }

    /// <summary>Tells nobody, and is to be asked.</summary>
    private sealed class AskedToken : IChangeToken
    {
        public bool HasChanged { get; set; }

        public bool ActiveChangeCallbacks => false;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => throw new NotSupportedException();
    }

    /// <summary>Tells of its change, and notes when the one who listens lets go.</summary>
    private sealed class ToldToken : IChangeToken, IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action? _callback;
        private int _within;

        public bool HasChanged { get; private set; }

        public bool ActiveChangeCallbacks => true;

        public bool WasReleasedWithin { get; private set; }

        public Task Released => _released.Task;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
        {
            _callback = () => callback(state);
            return this;
        }

        public void Fire()
        {
            HasChanged = true;
            _within = Environment.CurrentManagedThreadId;
            _callback!();
            _within = 0;
        }

        public void Dispose()
        {
            WasReleasedWithin = _within == Environment.CurrentManagedThreadId;
            _released.SetResult();
        }
    }
}
