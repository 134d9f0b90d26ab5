public sealed class ValueCacheTests : IDisposable
{
    private readonly ValueCache<string> _cache = new(capacityBytes: 300);
    private readonly List<int> _made = [];

    [Fact]
    public void WhatIsKeptIsNotMadeAgain()
    {
        Assert.Equal("value 7", Get(7));
        Assert.Equal("value 7", Get(7));

        Assert.Equal([7], _made);
        Assert.Equal((2, 1), (_cache.Requests, _cache.Hits));
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
            Assert.InRange(_cache.Bytes, 100, 300);
            Assert.Equal(_cache.Bytes, _cache.Count * 100);
        }
    }

    [Fact]
    public void WhatDoesNotFitIsMadeAndNotKept()
    {
        Assert.Equal("value 1", Get(1, bytes: 301));
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void WhereAValueCannotBeMadeTheCacheGoesOn()
    {
        Assert.Throws<IOException>(() => _cache.Get(1, cost: 1, _ => throw new IOException()));
        Assert.Equal("value 1", Get(1));
    }

    public void Dispose() => _cache.Dispose();

    private string Get(int key, double cost = 1, int bytes = 100)
        => _cache.Get(key, cost, made =>
        {
            _made.Add(made);
            return ($"value {made}", bytes);
        });
}
