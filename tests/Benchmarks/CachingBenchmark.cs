using System.Diagnostics;
using System.Globalization;

namespace Squelch.Benchmarks;

/// <summary>
/// Caches of values against those of others, in turns of one run. A ratio above 1 is faster than ConcurrentLfu; both are of work done per second of wall time by all threads.
/// </summary>
internal static class CachingBenchmark
{
    private const int Capacity = 10_000;
    private const int Rounds = 5;

    public static void Run()
    {
        HitRates();
        ulong[] zipf = Keys("zipf1");
        foreach (int threads in new[] { 1, 2 })
        {
            Throughput($"hits, {threads} thread{(threads == 1 ? "" : "s")}: all keys are there", threads, [.. zipf.Select(key => key % (Capacity / 2))], reads: true);
            Throughput($"zipf1, {threads} thread{(threads == 1 ? "" : "s")}: what is missing is set", threads, zipf, reads: true);
            Throughput($"writes, {threads} thread{(threads == 1 ? "" : "s")}: zipf1, set only", threads, zipf, reads: false);
        }

        Memory(zipf);
    }

    private static void HitRates()
    {
        (string Name, ulong[] Keys)[] traces = [("zipf1", Keys("zipf1")), ("zipf2drift", Keys("zipf2drift")), ("loop", Loop())];
        Console.WriteLine($"Hit rate in %, {Capacity:N0} values, one thread");
        Console.WriteLine($"| cache | {string.Join(" | ", traces.Select(trace => trace.Name))} |");
        Console.WriteLine($"|---|{string.Concat(traces.Select(_ => "---:|"))}");
        foreach ((string name, Func<int, ValueCache> create) in ValueCache.All.Concat(ValueCache.More))
        {
            IEnumerable<string> rates = traces.Select(trace => (100 * HitRate(create(Capacity), trace.Keys)).ToString("0.00", CultureInfo.InvariantCulture));
            Console.WriteLine($"| {name} | {string.Join(" | ", rates)} |");
        }

        Console.WriteLine();
    }

    private static double HitRate(ValueCache cache, ulong[] keys)
    {
        long hits = 0;
        foreach (ulong key in keys)
        {
            if (cache.Has(key))
            {
                hits++;
            }
            else
            {
                cache.Put(key);
            }
        }

        return (double)hits / keys.Length;
    }

    private static void Throughput(string title, int threads, ulong[] keys, bool reads)
    {
        ValueCache[] caches = [.. ValueCache.All.Select(cache => cache.Create(Capacity))];
        var seconds = new double[caches.Length];
        Array.Fill(seconds, double.PositiveInfinity);
        var bytes = new double[caches.Length];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int i = 0; i < caches.Length; i++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                double took = Seconds(caches[i], threads, keys, reads);
                if (round > 0)
                {
                    seconds[i] = Math.Min(seconds[i], took);
                    bytes[i] = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / keys.Length / threads;
                }
            }
        }

        double baseline = seconds[Array.FindIndex(ValueCache.All, cache => cache.Name == "ConcurrentLfu")];
        Console.WriteLine(title);
        Console.WriteLine("| cache | ns / operation and thread | against ConcurrentLfu | bytes allocated / operation |");
        Console.WriteLine("|---|---:|---:|---:|");
        for (int i = 0; i < caches.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {ValueCache.All[i].Name} | {seconds[i] / keys.Length * 1e9:0.0} | {baseline / seconds[i]:0.00}x | {bytes[i]:0.0} |"));
        }

        Console.WriteLine();
    }

    private static double Seconds(ValueCache cache, int threads, ulong[] keys, bool reads)
    {
        using var start = new Barrier(threads + 1);
        Thread[] running = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            int at = keys.Length / threads * thread;
            for (int i = 0; i < keys.Length; i++)
            {
                ulong key = keys[at];
                if (!reads || !cache.Has(key))
                {
                    cache.Put(key);
                }

                at = at + 1 == keys.Length ? 0 : at + 1;
            }
        }))];
        foreach (Thread thread in running)
        {
            thread.Start();
        }

        start.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        foreach (Thread thread in running)
        {
            thread.Join();
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Memory(ulong[] keys)
    {
        const int Many = 100_000;
        Console.WriteLine($"{Many:N0} values of 8 bytes under keys of 8 bytes");
        Console.WriteLine("| cache | bytes / value |");
        Console.WriteLine("|---|---:|");
        ulong[] distinct = [.. keys.Distinct().Take(Many)];
        foreach ((string name, Func<int, ValueCache> create) in ValueCache.All)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            long before = GC.GetTotalMemory(forceFullCollection: true);
            ValueCache cache = create(2 * Many);
            foreach (ulong key in distinct)
            {
                cache.Put(key);
            }

            Console.WriteLine($"| {name} | {(GC.GetTotalMemory(forceFullCollection: true) - before) / distinct.Length:N0} |");
            GC.KeepAlive(cache);
        }

        Console.WriteLine();
    }

    private static ulong[] Keys(string zipf) => [.. KeyTraceReader.Read(SeededTraces.Zipf(zipf)).Select(request => request.Key)];

    /// <summary>A loop over a fifth more keys than fit, in which every fourth request is one of a few popular keys: what LIRS was made for, and LRU fails at.</summary>
    private static ulong[] Loop()
    {
        var random = new Random(1);
        var keys = new ulong[600_000];
        for (int i = 0, next = 0; i < keys.Length; i++)
        {
            keys[i] = (ulong)(i % 4 == 0 ? 1_000_000 + random.Next(Capacity / 10) : next++ % (Capacity * 12 / 10));
        }

        return keys;
    }
}
