using System.Diagnostics.Metrics;

namespace Squelch.Caching;

/// <summary>The metrics of one cache for what listens to <c>System.Diagnostics.Metrics</c>; docs/metrics.md explains their names.</summary>
internal sealed class CacheMeter : IDisposable
{
    public const string MeterName = "Squelch.Caching";

    private readonly Meter _meter;
    private readonly Histogram<double> _loads;
    private readonly KeyValuePair<string, object?> _tag;

    // Null once the cache is disposed: the meter of a factory, and its instruments, live as long as the factory.
    private Source? _source;

    public CacheMeter(string name, IMeterFactory? factory, PolicyCacheMetrics metrics, Func<int> count, Func<long> size)
    {
        // Tags of a meter are not on its measurements, and what collects them shows those alone.
        _tag = new("cache.name", name);
        _source = new(metrics, count, size);
        var options = new MeterOptions(MeterName) { Tags = [_tag] };
        _meter = factory?.Create(options) ?? new Meter(options);
        _meter.CreateObservableCounter("squelch.cache.requests", () => Read<long>(of => [new(of.Metrics.Hits, _tag, new("cache.result", "hit")), new(of.Metrics.Misses, _tag, new("cache.result", "miss"))]), "{request}", "Requests, by result.");
        _meter.CreateObservableCounter("squelch.cache.removals", () => Read(of => Removals(of.Metrics)), "{entry}", "Values that left, by reason.");
        _meter.CreateObservableUpDownCounter("squelch.cache.entries", () => Read<int>(of => [new(of.Count(), _tag)]), "{entry}", "Values in the cache.");
        _meter.CreateObservableUpDownCounter("squelch.cache.size", () => Read<long>(of => [new(of.Size(), _tag)]), null, "What the values take of the capacity, in its unit.");
        _meter.CreateObservableCounter("squelch.cache.failures", () => Read<long>(of => [new(of.Metrics.FailedLoads, _tag, new("cache.failure", "load")), new(of.Metrics.FailedCallbacks, _tag, new("cache.failure", "callback"))]), "{failure}", "Factories and callbacks that threw.");
        _loads = _meter.CreateHistogram<double>("squelch.cache.load.duration", "s", "Time that factories took.", [_tag]);
    }

    /// <summary>True while somebody listens to the times of factories.</summary>
    public bool TimesLoads => _loads.Enabled && _source is not null;

    public void Loaded(TimeSpan took)
    {
        if (_source is not null)
        {
            _loads.Record(took.TotalSeconds, _tag);
        }
    }

    public void Dispose()
    {
        _source = null;
        _meter.Dispose();
    }

    private IEnumerable<Measurement<T>> Read<T>(Func<Source, IEnumerable<Measurement<T>>> read)
        where T : struct
        => _source is { } source ? read(source) : [];

    private IEnumerable<Measurement<long>> Removals(PolicyCacheMetrics metrics)
        => Enum.GetValues<RemovalReason>().Select(reason => new Measurement<long>(metrics.Removals(reason), _tag, new("cache.reason", Word(reason))));

    private static string Word(RemovalReason reason) => reason switch
    {
        RemovalReason.Removed => "removed",
        RemovalReason.Replaced => "replaced",
        RemovalReason.Expired => "expired",
        _ => "capacity",
    };

    private sealed record Source(PolicyCacheMetrics Metrics, Func<int> Count, Func<long> Size);
}
