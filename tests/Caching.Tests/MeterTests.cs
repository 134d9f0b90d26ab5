using System.Diagnostics.Metrics;

namespace Squelch.Caching.Tests;

public sealed class MeterTests
{
    [Fact]
    public void ANamedCacheIsMeasuredUntilItIsDisposed()
    {
        string name = $"cache of {nameof(MeterTests)}";
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Squelch.Caching" && instrument.Meter.Tags!.Any(tag => Equals(tag.Value, name)))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Assert.Equal(("cache.name", name), (tags[0].Key, tags[0].Value));
            seen[$"{instrument.Name} {(tags.Length > 1 ? tags[1].Value : "")}".Trim()] = value;
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        var time = new ManualTime();
        var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 20, Name = name, SizeOf = (_, value) => value, TimeProvider = time });
        for (int key = 0; key < 3; key++)
        {
            cache.GetOrAdd(key, _ =>
            {
                time.Advance(2.5);
                return 10;
            });
        }

        cache.TryGet(2, out _);
        cache.AddOrUpdate(2, 5);
        Assert.Throws<IOException>(() => cache.GetOrAdd(9, _ => throw new IOException()));
        listener.RecordObservableInstruments();
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["squelch.cache.load.duration"] = 2.5,
                ["squelch.cache.requests hit"] = 1,
                ["squelch.cache.requests miss"] = 4,
                ["squelch.cache.removals removed"] = 0,
                ["squelch.cache.removals replaced"] = 1,
                ["squelch.cache.removals expired"] = 0,
                ["squelch.cache.removals capacity"] = 1,
                ["squelch.cache.entries"] = 2,
                ["squelch.cache.size"] = 15,
                ["squelch.cache.failures load"] = 1,
                ["squelch.cache.failures callback"] = 0,
            }.OrderBy(pair => pair.Key),
            seen.OrderBy(pair => pair.Key));
        cache.Dispose();
        seen.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(seen);
    }
}
