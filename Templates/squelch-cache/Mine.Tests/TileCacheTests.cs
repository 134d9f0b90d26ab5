using Squelch.Caching;

public sealed class TileCacheTests : IDisposable
{
    private readonly PolicyCache<int, byte[], NamedPolicy> _cache = TileCache.Create(capacityBytes: 300);
    private readonly List<int> _made = [];

    [Fact]
    public void WhatIsKeptIsNotMadeAgain()
    {
        Assert.Same(Get(7), Get(7));

        Assert.Equal([7], _made);
        Assert.Equal((2, 1), (_cache.Metrics.Requests, _cache.Metrics.Hits));
    }

    [Fact]
    public void WhatCostsLeastToMakeGoesFirst()
    {
        Get(1, cost: 900);
        Get(2, cost: 10);
        Get(3, cost: 500);
        Get(4, cost: 500);

        Get(1, cost: 900);
        Get(3, cost: 500);
        Get(4, cost: 500);
        Assert.Equal([1, 2, 3, 4], _made);
        Get(2, cost: 10);
        Assert.Equal([1, 2, 3, 4, 2], _made);
    }

    [Fact]
    public void TheBudgetHoldsAndWhatGoesIsLetGo()
    {
        for (int request = 0; request < 1000; request++)
        {
            Get(request * 7 % 50);
            Assert.InRange(_cache.Size, 100, 300);
            Assert.Equal(_cache.Size, _cache.Count * 100);
        }
    }

    [Fact]
    public void WhatDoesNotFitIsMadeAndNotKept()
    {
        Assert.Equal(301, Get(1, bytes: 301).Length);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void WhereAValueCannotBeMadeTheCacheGoesOn()
    {
        Assert.Throws<IOException>(() => _cache.GetOrAdd(1, _ => throw new IOException()));
        Assert.Equal(100, Get(1).Length);
    }

    public void Dispose() => _cache.Dispose();

    private byte[] Get(int key, double cost = 1, int bytes = 100)
        => _cache.GetOrAdd(
            key,
            made =>
            {
                _made.Add(made);
                return new byte[bytes];
            },
            new() { Cost = cost });
}
