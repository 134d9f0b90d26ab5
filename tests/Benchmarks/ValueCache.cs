using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Caching.Memory;
using Squelch.Caching;
using Squelch.Policies;
using ZiggyCreatures.Caching.Fusion;

namespace Squelch.Benchmarks;

/// <summary>A cache of values by number, ours or another one's, as the benchmarks use it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Has">Asks for a key: true for a hit.</param>
/// <param name="Put">Sets a key's value.</param>
internal sealed record ValueCache(string Name, Func<ulong, bool> Has, Action<ulong> Put)
{
    /// <summary>Those of others, each for so many values, and ours.</summary>
    public static (string Name, Func<int, ValueCache> Create)[] All { get; } =
    [
        ("ConcurrentLru", capacity => Of("ConcurrentLru", new ConcurrentLru<ulong, ulong>(Environment.ProcessorCount, capacity, EqualityComparer<ulong>.Default))),
        ("ConcurrentLfu", capacity => Of("ConcurrentLfu", new ConcurrentLfu<ulong, ulong>(capacity))),
        ("ConcurrentTLfu", capacity => Of("ConcurrentTLfu", new ConcurrentLfuBuilder<ulong, ulong>().WithCapacity(capacity).WithExpireAfterWrite(TimeSpan.FromHours(1)).Build())),
        ("MemoryCache", OfMemory),
        ("FusionCache", OfFusion),
        Ours<Lru>(),
        Ours<Gdsf>(),
        Ours<S3Fifo>(),
        Ours<WTinyLfu>(),
    ];

    /// <summary>Ours that are compared by what they keep alone.</summary>
    public static (string Name, Func<int, ValueCache> Create)[] More { get; } = [Ours<ReuseRate>(), Ours<Arc>(), Ours<Sieve>(), Ours<LfuDa>(), Ours<Slru>(), Ours<Mru>()];

    private static (string, Func<int, ValueCache>) Ours<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => ($"PolicyCache, {TPolicy.Descriptor.Name}", capacity =>
        {
            var cache = new PolicyCache<ulong, ulong, TPolicy>(new() { Capacity = capacity });
            return new(TPolicy.Descriptor.Name, key => cache.TryGet(key, out _), key => cache.AddOrUpdate(key, key));
        });

    private static ValueCache Of(string name, ICache<ulong, ulong> cache) => new(name, key => cache.TryGet(key, out _), key => cache.AddOrUpdate(key, key));

    private static ValueCache OfMemory(int capacity)
    {
        MemoryCache cache = Limited(capacity);
        var options = new MemoryCacheEntryOptions { Size = 1 };
        return new("MemoryCache", key => cache.TryGetValue(key, out _), key => cache.Set(key, key, options));
    }

    private static ValueCache OfFusion(int capacity)
    {
        var cache = new FusionCache(new FusionCacheOptions(), Limited(capacity));
        var options = new FusionCacheEntryOptions { Size = 1, Duration = TimeSpan.FromHours(1) };
        return new("FusionCache", key => cache.TryGet<ulong>(key.ToString(), options).HasValue, key => cache.Set(key.ToString(), key, options));
    }

    private static MemoryCache Limited(int capacity) => new(new MemoryCacheOptions { SizeLimit = capacity, CompactionPercentage = 0.05 });
}
