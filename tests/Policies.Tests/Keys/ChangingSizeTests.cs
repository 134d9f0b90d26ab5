using System.Text;

namespace Squelch.Policies.Tests.Keys;

/// <summary>Keys that come back smaller or larger: what is held is what they are now, and no more is hit than was asked for.</summary>
public sealed class ChangingSizeTests
{
    private static readonly PolicyCatalog s_catalog = PolicyCatalog.From([typeof(Lru).Assembly]);

    public static TheoryData<string> Names => [.. s_catalog.Policies.Select(policy => policy.Descriptor.Name)];

    public static TheoryData<string> Online => [.. s_catalog.Policies.Where(policy => !policy.Descriptor.NeedsFuture).Select(policy => policy.Descriptor.Name)];

    [Fact]
    public void AKeyThatGrowsMakesRoomAndOneThatShrinksGivesIt()
    {
        var cache = new KeyCache(default(Lru).CreateSelector, 10, sized: true);
        cache.Request(new(1, 4));
        cache.Request(new(2, 4));
        Assert.True(cache.Request(new(2, 7)));
        Assert.Equal((7, false, true), (cache.Held, cache.Contains(1), cache.Contains(2)));
        Assert.True(cache.Request(new(2, 1)));
        Assert.Equal(1, cache.Held);
        Assert.True(cache.Request(new(2, 11)));
        Assert.Equal((0, false, 1L + 1), (cache.Held, cache.Contains(2), cache.Evictions));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void ASizeThatCannotBeIsRefusedAndChangesNothing(int size)
    {
        var cache = new KeyCache(default(Lru).CreateSelector, 10, sized: true);
        cache.Request(new(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Request(new(1, size)));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Request(new(2, size)));
        Assert.Equal((1L, 1L, 4L), (cache.Requests, cache.Misses, cache.Held));
    }

    /// <summary>Against a dictionary of what each key was last asked for with.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsHeldIsTheSumOfTheSizesThatTheKeysHaveNow(string name)
    {
        const int Capacity = 60;
        RegisteredPolicy policy = s_catalog.Find(name);
        var cache = new KeyCache((nodes, seed) => policy.CreateSelector([.. policy.Descriptor.Tunables.Select(tunable => tunable.Default)], nodes, seed), Capacity, sized: true);
        var sizes = new Dictionary<ulong, int>();
        var random = new Random(17);
        for (int i = 0; i < 4000; i++)
        {
            var request = new KeyRequest((ulong)(40 * random.NextDouble() * random.NextDouble()), 1 + random.Next(random.Next(8) == 0 ? 80 : 12), i, i + 1 + random.Next(50));
            bool resident = cache.Contains(request.Key);
            Assert.Equal(resident, cache.Request(request));
            sizes[request.Key] = request.Size;
            Assert.Equal(sizes.Where(pair => cache.Contains(pair.Key)).Sum(pair => pair.Value), cache.Held);
            Assert.InRange(cache.Held, 0, Capacity);
        }

        Assert.InRange(cache.Misses, 1, cache.Requests - 1);
    }

    /// <summary>The same keys as a trace of one block each, through the prefix cache.</summary>
    [Theory]
    [MemberData(nameof(Online))]
    public void NoMoreIsHitThanIsAskedFor(string name)
    {
        var random = new Random(5);
        var text = new StringBuilder("key,size\n");
        for (int i = 0; i < 2000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(int)(30 * random.NextDouble() * random.NextDouble())},{(random.Next(4) == 0 ? 1 : 1 + random.Next(990))}\n");
        }

        Trace trace = TraceReader.Load(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "keys.csv");
        long most = 0;
        ReplayResult result = s_catalog.Find(name).Replay(trace, new ReplayOptions { CapacityBytes = 4000, Model = ModelShape.Keys, OnRequest = record => most = Math.Max(most, (long)record.HitTokens - record.InputTokens) });

        Assert.Equal(0, most);
        Assert.InRange(result.TokenHitRate, 0.01, 1);
        Assert.InRange(result.PeakBytes, 1, 4000);
    }
}
