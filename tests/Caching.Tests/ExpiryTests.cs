namespace Squelch.Caching.Tests;

public sealed class ExpiryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly List<RemovedEntry<int, int>> _removed = [];
    private readonly PolicyCache<int, int, Lru> _cache;

    public ExpiryTests() => _cache = new(new() { Capacity = 4, TimeProvider = _time, OnRemoved = _removed.Add });

    [Fact]
    public void AValueGoesAtItsTimeHoweverOftenItIsUsed()
    {
        _cache.AddOrUpdate(1, 1, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(10) });
        _cache.AddOrUpdate(2, 2, new() { AbsoluteExpiration = _time.GetUtcNow().AddSeconds(20), AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(30) });
        _time.Advance(9.9);
        Assert.True(_cache.TryGet(1, out _));
        _time.Advance(0.1);
        Assert.False(_cache.ContainsKey(1));
        Assert.Equal([2], _cache.Select(pair => pair.Key));
        Assert.Empty(_removed);
        Assert.False(_cache.TryGet(1, out _));
        Assert.Equal([new(1, 1, RemovalReason.Expired)], _removed);
        _time.Advance(10);
        Assert.False(_cache.TryRemove(2));
        Assert.Equal(RemovalReason.Expired, _removed[^1].Reason);
        Assert.Equal(0, _cache.Size);
    }

    [Fact]
    public void AUsePutsTheSlidingTimeOffUpToTheAbsolute()
    {
        _cache.AddOrUpdate(1, 1, new() { SlidingExpiration = TimeSpan.FromSeconds(10), AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(25) });
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(8);
            Assert.True(_cache.TryGet(1, out _));
        }

        _time.Advance(1);
        Assert.False(_cache.TryGet(1, out _));
    }

    [Fact]
    public void WhatIsTooOldMakesRoomBeforeAnyVictim()
    {
        for (int key = 0; key < 4; key++)
        {
            _cache.AddOrUpdate(key, key, key == 3 ? new() { SlidingExpiration = TimeSpan.FromSeconds(1) } : default);
        }

        _time.Advance(2);
        _cache.AddOrUpdate(4, 4);
        Assert.Equal([new(3, 3, RemovalReason.Expired)], _removed);
    }

    [Fact]
    public void WhatIsTooOldWhenItComesIsNotKept()
    {
        _cache.AddOrUpdate(1, 1);
        _cache.AddOrUpdate(1, 2, new() { AbsoluteExpiration = _time.GetUtcNow() });
        Assert.Equal([new(1, 1, RemovalReason.Replaced), new(1, 2, RemovalReason.Expired)], _removed);
        Assert.Equal((0, 0), (_cache.Count, _cache.Size));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cache.AddOrUpdate(1, 1, new() { SlidingExpiration = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cache.AddOrUpdate(1, 1, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(-1) }));
    }

    /// <summary>Random lives, uses and removals against the times written down in a list.</summary>
    [Fact]
    public void AllThatIsTooOldGoesAndNothingElse()
    {
        var random = new Random(7);
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 10_000, TimeProvider = _time });
        var due = new Dictionary<int, DateTimeOffset>();
        for (int i = 0; i < 20_000; i++)
        {
            int key = random.Next(2000);
            double life = random.Next(1, 100);
            switch (random.Next(4))
            {
                case 0:
                    cache.AddOrUpdate(key, i, new() { SlidingExpiration = TimeSpan.FromSeconds(life) });
                    due[key] = _time.GetUtcNow().AddSeconds(life);
                    break;
                case 1:
                    cache.AddOrUpdate(key, i, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(life) });
                    due[key] = _time.GetUtcNow().AddSeconds(life);
                    break;
                case 2:
                    Assert.Equal(due.TryGetValue(key, out DateTimeOffset at) && at > _time.GetUtcNow(), cache.TryRemove(key));
                    due.Remove(key);
                    break;
                default:
                    _time.Advance(random.NextDouble() / 10);
                    break;
            }
        }

        cache.RemoveExpired();
        int[] left = [.. due.Where(pair => pair.Value > _time.GetUtcNow()).Select(pair => pair.Key).Order()];
        Assert.Equal(left, cache.Select(pair => pair.Key).Order());
        Assert.Equal(left.Length, cache.Count);
        _time.Advance(1000);
        Assert.Equal(left.Length, cache.RemoveExpired());
        Assert.Equal((0, 0), (cache.Count, cache.Size));
    }

    public void Dispose() => _cache.Dispose();
}
