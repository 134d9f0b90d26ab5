using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Squelch.Caching.Tests;

public sealed class ServiceTests
{
    [Fact]
    public async Task HybridCacheKeepsItsValuesUnderThePolicy()
    {
        ServiceCollection services = new();
        services.AddHybridCache();
        services.AddSquelchMemoryCache<Gdsf>(options =>
        {
            options.Capacity = 2;
            options.CostOf = (key, _) => ((string)key).Contains("dear", StringComparison.Ordinal) ? 9 : 1;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        HybridCache hybrid = provider.GetRequiredService<HybridCache>();
        int made = 0;
        foreach (string key in new[] { "dear", "cheap", "cheap too", "dear" })
        {
            Assert.Equal(key, await hybrid.GetOrCreateAsync(key, _ =>
            {
                made++;
                return ValueTask.FromResult(key);
            }));
        }

        Assert.Equal(3, made);
        var cache = (PolicyMemoryCache<Gdsf>)provider.GetRequiredService<IMemoryCache>();
        Assert.Same(cache, provider.GetRequiredService<PolicyMemoryCache<Gdsf>>());
        Assert.Equal((2, 1), (cache.Count, cache.Metrics.Hits));
    }

    [Fact]
    public void TheConfigurationSetsOptionsAndTunables()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Cache:SizeLimit"] = "5", ["Cache:Tunables:alpha"] = "0.7", ["Cache:Clock"] = "Seconds" })
            .Build();
        using ServiceProvider provider = new ServiceCollection().AddSquelchMemoryCache<Marconi>(configuration.GetSection("Cache")).BuildServiceProvider();
        var cache = provider.GetRequiredService<PolicyMemoryCache<Marconi>>();
        Assert.Equal(0.7, cache.Policy.Alpha);
        Assert.Throws<InvalidOperationException>(() => cache.Set("a", 1));
    }

    [Fact]
    public void TheConfigurationSetsEachOptionThatIsNotCode()
    {
        Dictionary<string, string?> values = new()
        {
            ["Capacity"] = "7", ["SizeLimit"] = "5", ["Tunables:Alpha"] = "0.7", ["Clock"] = "Seconds", ["MeasureCost"] = "true", ["TrackLinkedCacheEntries"] = "true",
            ["Deterministic"] = "true", ["Seed"] = "12", ["Name"] = "mine", ["ExpirationScanFrequency"] = "00:00:07",
        };
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => $"Cache:{pair.Key}", pair => pair.Value)).Build();
        using ServiceProvider provider = new ServiceCollection().AddKeyedSquelchMemoryCache<Marconi>("pages", configuration.GetSection("Cache")).BuildServiceProvider();
        PolicyMemoryCacheOptions options = provider.GetRequiredService<IOptionsMonitor<PolicyMemoryCacheOptions>>().Get("pages");
        Assert.Equal(
            (7, 5, 0.7, CacheClock.Seconds, true, true, true, 12UL, "mine", TimeSpan.FromSeconds(7)),
            (options.Capacity, options.SizeLimit, options.Tunables["alpha"], options.Clock, options.MeasureCost, options.TrackLinkedCacheEntries, options.Deterministic, options.Seed, options.Name, options.ExpirationScanFrequency));

        // No option is left out, but those that are code.
        Assert.Equal(
            typeof(PolicyMemoryCacheOptions).GetProperties().Select(property => property.Name).Order(),
            values.Keys.Select(key => key.Split(':')[0]).Concat([nameof(options.CostOf), nameof(options.TimeProvider)]).Order());
    }

    [Theory]
    [InlineData("Capcity", "5", "'Capcity'")]
    [InlineData("Clock", "Secnds", "'Secnds' at 'Cache:Clock'")]
    [InlineData("Clock", "7", "Clock is 7; it is one of Requests, Seconds")]
    [InlineData("Tunables:Alfa", "1", "did you mean 'Alpha'?")]
    [InlineData("ExpirationScanFrequency", "-00:00:01", "ExpirationScanFrequency is -00:00:01; it is 0 or more")]
    public void WhatTheConfigurationSaysWronglyIsNamedAtTheStart(string key, string value, string message)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Cache:{key}"] = value }).Build();
        foreach (bool keyed in new[] { false, true })
        {
            ServiceCollection services = new();
            IConfigurationSection section = configuration.GetSection("Cache");
            _ = keyed ? services.AddKeyedSquelchMemoryCache<Marconi>("pages", section) : services.AddSquelchMemoryCache<Marconi>(section);
            using ServiceProvider provider = services.BuildServiceProvider();
            Exception fault = Assert.ThrowsAny<Exception>(() => provider.GetRequiredService<IStartupValidator>().Validate());
            Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Each cache is checked against its own policy, and by its own options.</summary>
    [Fact]
    public void WrongOptionsOfOneOfSeveralCachesAreItsOwn()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddKeyedSquelchMemoryCache<Lru>("right")
            .AddKeyedSquelchMemoryCache<S3Fifo>("wrong", options => options.SizeLimit = 0)
            .BuildServiceProvider();
        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal("wrong", fault.OptionsName);
        Assert.NotNull(provider.GetRequiredKeyedService<IMemoryCache>("right"));
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IMemoryCache>("wrong"));
    }

    [Fact]
    public void SeveralCachesAreKeyedServices()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddKeyedSquelchMemoryCache<Lru>("pages", options => options.Capacity = 1)
            .AddKeyedSquelchMemoryCache<S3Fifo>("users", options => options.Capacity = 3)
            .BuildServiceProvider();
        IMemoryCache pages = provider.GetRequiredKeyedService<IMemoryCache>("pages");
        IMemoryCache users = provider.GetRequiredKeyedService<IMemoryCache>("users");
        Assert.Same(pages, provider.GetRequiredKeyedService<PolicyMemoryCache<Lru>>("pages"));
        for (int i = 0; i < 5; i++)
        {
            pages.Set(i, i);
            users.Set(i, i);
        }

        Assert.Equal((1, 3), (((PolicyMemoryCache<Lru>)pages).Count, ((PolicyMemoryCache<S3Fifo>)users).Count));
        Assert.Null(provider.GetService<IMemoryCache>());
    }

    [Theory]
    [InlineData(0, "Alpha", 0.5, "Capacity is 0")]
    [InlineData(10, "Alpha", 5, "Marconi.Alpha lies between 0 and 2")]
    [InlineData(10, "Alfa", 1, "did you mean 'Alpha'?")]
    public void WrongOptionsAreNamedAtTheStart(long capacity, string tunable, double value, string message)
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddSquelchMemoryCache<Marconi>(options =>
            {
                options.Capacity = capacity;
                options.Tunables[tunable] = value;
            })
            .BuildServiceProvider();
        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyOfTreesIsRefusedAtTheStart()
    {
        using ServiceProvider provider = new ServiceCollection().AddSquelchMemoryCache<KvCacheInTheWild>().BuildServiceProvider();
        Assert.Contains("depthTokens", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatGetOrCreateTakesIsTheCostWhereItIsMeasured()
    {
        var time = new ManualTime();
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSquelchMemoryCache<Gdsf>(options =>
            {
                options.Capacity = 2;
                options.MeasureCost = true;
            })
            .BuildServiceProvider();
        IMemoryCache cache = provider.GetRequiredService<IMemoryCache>();
        foreach ((string key, double seconds) in new[] { ("dear", 9.0), ("cheap", 1), ("new", 5) })
        {
            cache.GetOrCreate(key, _ =>
            {
                time.Advance(seconds);
                return 1;
            });
        }

        Assert.Equal(["dear", "new"], ((PolicyMemoryCache<Gdsf>)cache).Keys.Order());
    }
}
