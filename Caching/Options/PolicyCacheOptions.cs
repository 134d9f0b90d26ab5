using System.Diagnostics.Metrics;

namespace Squelch.Caching;

/// <summary>How a cache of values is set up, whatever its keys and values are.</summary>
public record PolicyCacheOptions
{
    /// <summary>Values that fit; where sizes are given, the sum of them.</summary>
    public required long Capacity { get; init; }

    /// <summary>
    /// True to apply each use at once, under a lock: the same calls in the same order then give the same victims in every run, those of <see cref="KeyCache"/> and of
    /// <c>squelch replay</c>. False for hits that take no lock.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>What the policy's clock counts.</summary>
    public CacheClock Clock { get; init; }

    /// <summary>True where the time of a factory, in milliseconds, is the cost of its value, unless a cost is given.</summary>
    public bool MeasureCost { get; init; }

    /// <summary>True to call <see cref="IDisposable.Dispose"/> of values that leave the cache, once; the same object that is set again under its key stays. Who got such a value may still be using it: give it to values alone that bear that.</summary>
    public bool DisposeValues { get; init; }

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; init; }

    /// <summary>The time that expiries, measured costs and <see cref="CacheClock.Seconds"/> are taken from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The tag <c>cache.name</c> of the cache's metrics. Null for no metrics; a cache with a name is to be disposed.</summary>
    public string? Name { get; init; }

    /// <summary>Makes the meter of the cache's metrics; null for one of its own. Only with a <see cref="Name"/>.</summary>
    public IMeterFactory? MeterFactory { get; init; }
}

/// <summary>How a cache of values is set up.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
public sealed record PolicyCacheOptions<TKey, TValue> : PolicyCacheOptions
    where TKey : notnull
{
    /// <summary>
    /// What a value takes of the capacity, in bytes or any other unit: 0 or more, the same each time. Null where every value takes 1. A policy sees a size below 1 as 1, and one above
    /// <see cref="int.MaxValue"/> as that.
    /// </summary>
    public Func<TKey, TValue, long>? SizeOf { get; init; }

    /// <summary>Which keys are equal; null for the default.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>
    /// The number by which a policy with a memory knows a key again once it has gone; equal for equal keys. Null for the key itself where it is a number, for a hash that is the same in
    /// every run where it is a string without a comparer, else for the comparer's hash.
    /// </summary>
    public Func<TKey, ulong>? KeyNumber { get; init; }

    /// <summary>
    /// Called once for each value that leaves, after the call or by the pool's threads, under no lock. It may use the cache; removals that it brings about are told of after it. What it throws is
    /// caught, and counted in <see cref="PolicyCacheMetrics.FailedCallbacks"/>.
    /// </summary>
    public Action<RemovedEntry<TKey, TValue>>? OnRemoved { get; init; }
}
