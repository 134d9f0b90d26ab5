namespace Squelch.Caching.Tests;

/// <summary>Keeps what is expensive to make.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
internal readonly partial struct CheapestFirst
{
    [Score] static double Score(double cost) => cost;
}

public sealed class CostTests
{
    /// <summary>The feature that is named as the option is what the option says, or the time of the factory, and 1 where neither is known.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APolicyReadsTheCostByItsName(bool measured)
    {
        var time = new ManualTime();
        using var cache = new PolicyCache<string, int, CheapestFirst>(new() { Capacity = 3, MeasureCost = measured, TimeProvider = time });
        foreach ((string key, double cost) in new[] { ("five", 5.0), ("two", 2), ("nine", 9) })
        {
            cache.GetOrAdd(
                key,
                _ =>
                {
                    time.Advance(cost);
                    return 1;
                },
                new() { Cost = measured ? null : cost });
        }

        cache.AddOrUpdate("untold", 1);
        Assert.Equal(["five", "nine", "untold"], cache.Select(pair => pair.Key).Order());
        cache.AddOrUpdate("six", 1, new() { Cost = 6 });
        Assert.Equal(["five", "nine", "six"], cache.Select(pair => pair.Key).Order());
    }

    [Fact]
    public void CostIsDocumented()
    {
        FeatureDescriptor cost = BuiltInFeatures.All.Single(feature => feature.Name == "cost");
        Assert.Equal((Unit.None, false), (cost.Unit, cost.NeedsTree));
        Assert.Contains("fetching the key costs", cost.OfKeys, StringComparison.Ordinal);
    }
}
