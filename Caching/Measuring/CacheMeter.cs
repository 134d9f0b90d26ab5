using System.Diagnostics.Metrics;

namespace Squelch.Caching;

/// <summary>The metrics of one cache for what listens to <c>System.Diagnostics.Metrics</c>; docs/metrics.md explains their names.</summary>
internal sealed class CacheMeter : IDisposable
{
    public const string MeterName = "Squelch.Caching";

    private readonly Meter _meter;
    private readonly Histogram<double> _loads;

    public CacheMeter(string name, IMeterFactory? factory, PolicyCacheMetrics metrics, Func<int> count, Func<long> size)
    {
        var options = new MeterOptions(MeterName) { Tags = [new("cache.name", name)] };
        _meter = factory?.Create(options) ?? new Meter(options);

        // Tags of a meter are not on its measurements, and what collects them shows those alone.
        KeyValuePair<string, object?> tag = new("cache.name", name);
        _meter.CreateObservableCounter("squelch.cache.requests", () => new Measurement<long>[] { new(metrics.Hits, tag, new("cache.result", "hit")), new(metrics.Misses, tag, new("cache.result", "miss")) }, "{request}", "Requests, by result.");
        _meter.CreateObservableCounter("squelch.cache.removals", () => Removals(metrics, tag), "{entry}", "Values that left, by reason.");
        _meter.CreateObservableUpDownCounter("squelch.cache.entries", () => new Measurement<int>(count(), tag), "{entry}", "Values in the cache.");
        _meter.CreateObservableUpDownCounter("squelch.cache.size", () => new Measurement<long>(size(), tag), null, "What the values take of the capacity, in its unit.");
        _meter.CreateObservableCounter("squelch.cache.failures", () => new Measurement<long>[] { new(metrics.FailedLoads, tag, new("cache.failure", "load")), new(metrics.FailedCallbacks, tag, new("cache.failure", "callback")) }, "{failure}", "Factories and callbacks that threw.");
        _loads = _meter.CreateHistogram<double>("squelch.cache.load.duration", "s", "Time that factories took.", [tag]);
        Tag = tag;
    }

    /// <summary>True while somebody listens to the times of factories.</summary>
    public bool TimesLoads => _loads.Enabled;

    private KeyValuePair<string, object?> Tag { get; }

    public void Loaded(TimeSpan took) => _loads.Record(took.TotalSeconds, Tag);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Removals(PolicyCacheMetrics metrics, KeyValuePair<string, object?> tag)
        => Enum.GetValues<RemovalReason>().Select(reason => new Measurement<long>(metrics.Removals(reason), tag, new("cache.reason", Word(reason))));

    private static string Word(RemovalReason reason) => reason switch
    {
        RemovalReason.Removed => "removed",
        RemovalReason.Replaced => "replaced",
        RemovalReason.Expired => "expired",
        _ => "capacity",
    };
}
