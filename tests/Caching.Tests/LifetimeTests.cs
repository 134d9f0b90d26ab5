using System.Diagnostics.Metrics;

namespace Squelch.Caching.Tests;

/// <summary>The end of values and of caches: each value is disposed once, and a cache that is gone holds nothing.</summary>
public sealed class LifetimeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AValueThatIsSetAgainStaysAndIsDisposedOnceWhenItGoes(bool inPlace)
    {
        var value = new Counted();
        using var cache = new PolicyCache<int, Counted, Lru>(new() { Capacity = 4, DisposeValues = true });
        cache.AddOrUpdate(1, value);
        cache.AddOrUpdate(1, value, inPlace ? default : new() { Priority = 1 });
        Assert.Equal(0, value.Disposals);
        cache.AddOrUpdate(1, new());
        Assert.Equal(1, value.Disposals);
        cache.Clear();
        Assert.Equal(1, value.Disposals);
    }

    [Fact]
    public void WhateverHappensEachValueIsDisposedOnce()
    {
        var all = new System.Collections.Concurrent.ConcurrentBag<Counted>();
        Counted New()
        {
            var value = new Counted();
            all.Add(value);
            return value;
        }

        for (int round = 0; round < 50; round++)
        {
            var cache = new PolicyCache<int, Counted, S3Fifo>(new() { Capacity = 20, DisposeValues = true });
            Parallel.For(0, 4, worker =>
            {
                var random = new Random((round * 10) + worker);
                for (int i = 0; i < 200; i++)
                {
                    int key = random.Next(40);
                    try
                    {
                        switch (random.Next(6))
                        {
                            case 0:
                                cache.AddOrUpdate(key, New(), new() { Pinned = random.Next(9) == 0 });
                                break;
                            case 1:
                                cache.AddOrUpdate(key, New());
                                break;
                            case 2:
                                cache.TryRemove(key);
                                break;
                            case 3:
                                cache.Resize(random.Next(5, 30));
                                break;
                            case 4 when worker == 0 && i > 150:
                                cache.Dispose();
                                break;
                            default:
                                cache.TryGet(key, out _);
                                break;
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                }
            });
            cache.Dispose();
            Assert.Empty(cache);
            Assert.Equal(0, cache.Size);
        }

        // One that a disposed cache refused is its caller's.
        Assert.All(all, value => Assert.InRange(value.Disposals, 0, 1));
        Assert.InRange(all.Count(value => value.Disposals == 0), 0, 4 * 50);
    }

    /// <summary>The meter of a factory lives as long as the factory, whatever a cache disposes.</summary>
    [Fact]
    public void ADisposedCacheIsMeasuredAndHeldByNobody()
    {
        using var factory = new KeepingFactory();
        int seen = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => seen++);
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => seen++);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => seen++);
        listener.Start();
        WeakReference gone = Used(factory, listener);
        Assert.NotEqual(0, seen);
        seen = 0;
        listener.RecordObservableInstruments();
        Assert.Equal(0, seen);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(gone.IsAlive);
    }

    [Fact]
    public void ADisposedCacheIsEmptyAndRefusesValues()
    {
        var cache = new PolicyCache<string, int, Lru>(new() { Capacity = 4 });
        cache.AddOrUpdate("a", 1);
        cache.Dispose();
        cache.Dispose();
        Assert.False(cache.TryGet("a", out _));
        Assert.False(cache.GetAlternateLookup<ReadOnlySpan<char>>().TryGet("a", out _));
        Assert.False(cache.TryRemove("a"));
        Assert.False(cache.TryPin("a"));
        Assert.Equal((0, 0, 0), (cache.Count, cache.Size, cache.RemoveExpired()));
        cache.Clear();
        cache.Trim(0);
        cache.Resize(1);
        Assert.Throws<ObjectDisposedException>(() => cache.TryAdd("a", 1));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd("a", _ => 1));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAddAsync("a", (_, _) => new(1)).AsTask().GetAwaiter().GetResult());
    }

    [Fact]
    public void WhatIsTooOldIsNotPinned()
    {
        var time = new ManualTime();
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 4, TimeProvider = time });
        cache.AddOrUpdate(1, 1, new() { SlidingExpiration = TimeSpan.FromSeconds(2), AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1) });
        time.Advance(1);
        Assert.False(cache.ContainsKey(1));
        Assert.False(cache.TryPin(1));
        Assert.Equal((0, 1), (cache.Count, cache.Metrics.Removals(RemovalReason.Expired)));
        Assert.Throws<ArgumentNullException>(() => new PolicyCache<int, int, Lru>(new() { Capacity = 1, TimeProvider = null! }));
    }

    [Fact]
    public void WhatIsPinnedNoMoreMakesRoomAtOnce()
    {
        using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 2 });
        cache.AddOrUpdate(1, 1, new() { Pinned = true });
        cache.AddOrUpdate(2, 2, new() { Pinned = true });
        cache.AddOrUpdate(3, 3, new() { Pinned = true });
        cache.Resize(1);
        Assert.Equal([1, 2], cache.Select(pair => pair.Key).Order());
        Assert.True(cache.TryPin(2, pinned: false));
        Assert.Equal((1, 1, true), (cache.Count, cache.Size, cache.ContainsKey(1)));

        // It was said of that value.
        cache.AddOrUpdate(1, 10);
        cache.AddOrUpdate(2, 2);
        Assert.Equal([2], cache.Select(pair => pair.Key));
        Assert.Contains("Clock is 7", Assert.Throws<SquelchException>(() => new PolicyCache<int, int, Lru>(new() { Capacity = 1, Clock = (CacheClock)7 })).Message, StringComparison.Ordinal);
    }

    /// <summary>One call is one request, also where another one's value comes while it looks.</summary>
    [Fact]
    public void EachCallIsCountedOnce()
    {
        for (int round = 0; round < 200; round++)
        {
            using var cache = new PolicyCache<int, int, Lru>(new() { Capacity = 100 });
            int made = 0;
            Parallel.For(0, 4, _ =>
            {
                for (int key = 0; key < 50; key++)
                {
                    cache.GetOrAdd(key, k =>
                    {
                        Interlocked.Increment(ref made);
                        return k;
                    });
                    Assert.Equal(key, cache.GetOrAddAsync(key, (k, _) => new(k)).AsTask().GetAwaiter().GetResult());
                }
            });
            Assert.Equal((50, 400, 50), (made, cache.Metrics.Requests, cache.Metrics.Loads));
            Assert.InRange(cache.Metrics.Misses, 50, 400);
        }
    }

    private static WeakReference Used(IMeterFactory factory, MeterListener listener)
    {
        var cache = new PolicyCache<int, byte[], Lru>(new() { Capacity = 4, Name = "short", MeterFactory = factory });
        cache.GetOrAdd(1, _ => new byte[100]);
        listener.RecordObservableInstruments();
        cache.Dispose();
        return new(cache);
    }

    /// <summary>As the factory of services: its meters end with it, not when somebody disposes them.</summary>
    private sealed class KeepingFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            _meters.Add(new KeptMeter(options));
            return _meters[^1];
        }

        public void Dispose() => _meters.Clear();

        private sealed class KeptMeter(MeterOptions options) : Meter(options)
        {
            protected override void Dispose(bool disposing)
            {
            }
        }
    }

    private sealed class Counted : IDisposable
    {
        private int _disposals;

        public int Disposals => _disposals;

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
