namespace Squelch.Caching;

/// <summary>How a <see cref="PolicyMemoryCache{TPolicy}"/> is set up, in code or by a section of the configuration.</summary>
public sealed class PolicyMemoryCacheOptions
{
    /// <summary>Entries that fit, where there is no <see cref="SizeLimit"/>.</summary>
    public long Capacity { get; set; } = 10_000;

    /// <summary>The most that the sizes of all entries may sum up to, in a unit of yours; each entry must then say its size. Null to count entries.</summary>
    public long? SizeLimit { get; set; }

    /// <summary>Tunables of the policy by name, case aside; those that are not named keep their defaults.</summary>
    public IDictionary<string, double> Tunables { get; } = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the policy's clock counts.</summary>
    public CacheClock Clock { get; set; }

    /// <summary>True where the time from <c>CreateEntry</c> until the entry is committed, in milliseconds, is its cost: what <c>GetOrCreate</c> needs for its factory. HybridCache creates entries when it has the values: tell it <see cref="CostOf"/>.</summary>
    public bool MeasureCost { get; set; }

    /// <summary>What making a value costs, by key and value, in any unit: 0 or more. Null for <see cref="MeasureCost"/>, or 1.</summary>
    public Func<object, object?, double>? CostOf { get; set; }

    /// <summary>True where an entry that is made, or found, while another one is made gives that one its tokens and its absolute expiration.</summary>
    public bool TrackLinkedCacheEntries { get; set; }

    /// <summary>
    /// The shortest time between two searches for entries that are too old, or whose token has fired without telling, and that nobody asks for. A call that misses, or changes the cache, begins
    /// one on a thread of the pool: there is no timer. 0 for one at each such call.
    /// </summary>
    public TimeSpan ExpirationScanFrequency { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>True to apply each use at once; see <see cref="PolicyCacheOptions.Deterministic"/>.</summary>
    public bool Deterministic { get; set; }

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; set; }

    /// <summary>The tag <c>cache.name</c> of the cache's metrics; null for no metrics, and for the name of the service where the cache is one.</summary>
    public string? Name { get; set; }

    /// <summary>The time that expiries and costs are taken from; null for the system's, and for that of the services where the cache is one.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>The policy with these tunables.</summary>
    /// <exception cref="SquelchException">The policy cannot be used for keys, has no such tunable, or a value cannot be.</exception>
    internal TPolicy Policy<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        KeyPolicy.Check(descriptor, Clock);
        double[] values = [.. descriptor.Tunables.Select(tunable => tunable.Default)];
        foreach ((string name, double value) in Tunables)
        {
            values[descriptor.TunableIndex(name)] = value;
        }

        descriptor.CheckTunables(values);
        if ((SizeLimit ?? Capacity) < 1)
        {
            throw new SquelchException($"{(SizeLimit is null ? nameof(Capacity) : nameof(SizeLimit))} is {SizeLimit ?? Capacity}; it is 1 or more");
        }

        if (ExpirationScanFrequency < TimeSpan.Zero)
        {
            throw new SquelchException($"{nameof(ExpirationScanFrequency)} is {ExpirationScanFrequency}; it is 0 or more");
        }

        return TPolicy.FromTunables(values);
    }
}
