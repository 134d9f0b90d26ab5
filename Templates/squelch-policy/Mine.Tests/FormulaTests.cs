using Squelch;

/// <summary>The formula in the small: a full cache of a few entries, and which of them makes room for one more.</summary>
public class FormulaTests
{
    // Three entries fit. The clock counts requests; a cost stands for the FLOPs that an entry saves.
    private readonly KeyCache _cache = new(new NamedPolicy().CreateSelector, capacity: 300, sized: true);

    [Fact]
    public void WhatCostsLeastToComputeAgainGoesFirst()
    {
        _cache.Request(new(Key: 1, Size: 100, Cost: 900));
        _cache.Request(new(Key: 2, Size: 100, Cost: 10));
        _cache.Request(new(Key: 3, Size: 100, Cost: 500));
        _cache.Request(new(Key: 4, Size: 100, Cost: 500));

        Assert.Equal([1, 3, 4], Kept());
    }

    [Fact]
    public void OfEqualCostsTheLargestGoesFirst()
    {
        _cache.Request(new(Key: 1, Size: 20, Cost: 500));
        _cache.Request(new(Key: 2, Size: 240, Cost: 500));
        _cache.Request(new(Key: 3, Size: 40, Cost: 500));
        _cache.Request(new(Key: 4, Size: 100, Cost: 500));

        Assert.Equal([1, 3, 4], Kept());
    }

    [Fact]
    public void OfEqualEntriesTheOneUsedLongestAgoGoesFirst()
    {
        _cache.Request(new(Key: 1, Size: 100, Cost: 500));
        _cache.Request(new(Key: 2, Size: 100, Cost: 500));
        _cache.Request(new(Key: 3, Size: 100, Cost: 500));
        _cache.Request(new(Key: 1, Size: 100, Cost: 500));
        _cache.Request(new(Key: 4, Size: 100, Cost: 500));

        Assert.Equal([1, 3, 4], Kept());
    }

    private int[] Kept() => [.. Enumerable.Range(1, 4).Where(key => _cache.Contains((ulong)key))];
}
