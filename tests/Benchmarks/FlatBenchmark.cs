using System.Globalization;
using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using Squelch.Policies;

namespace Squelch.Benchmarks;

/// <summary>
/// Flat keys: the zipf1 trace against 10,000 residents, one thread, trace in memory, each replay with a new cache; BitFaster's caches get the same
/// trace in the same turns. A ratio above 1 is faster than ConcurrentLru.
/// </summary>
internal static class FlatBenchmark
{
    private const int Residents = 10_000;

    public static void Run(string trace)
    {
        KeyRequest[] requests = [.. KeyTraceReader.Read(trace)];
        (string Name, Func<long> Replay)[] ways =
        [
            ("ConcurrentLru", () => BitFasterMisses(new ConcurrentLru<ulong, ulong>(1, Residents, EqualityComparer<ulong>.Default), requests)),
            ("ConcurrentLfu", () => BitFasterMisses(new ConcurrentLfu<ulong, ulong>(Residents), requests)),
            ("Lru", () => Misses(default(Lru).CreateSelector, requests)),
            ("Sieve", () => Misses(default(Sieve).CreateSelector, requests)),
            ("S3Fifo", () => Misses(default(S3Fifo).CreateSelector, requests)),
            ("Gdsf", () => Misses(default(Gdsf).CreateSelector, requests)),
            ("Hyperbolic, exact", () => Misses(default(Hyperbolic).CreateSelector, requests)),
        ];
        double[] seconds = Timing.Median(5, [.. ways.Select(way => (Action)(() => way.Replay()))]);
        Console.WriteLine($"zipf1, {requests.Length:N0} requests, {Residents:N0} residents");
        Console.WriteLine("| cache | misses | ns / request | against ConcurrentLru | against ConcurrentLfu | bytes allocated / request, building the cache included |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        for (int i = 0; i < ways.Length; i++)
        {
            // Of all threads: ConcurrentLfu works in the background.
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long misses = ways[i].Replay();
            double bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / requests.Length;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {ways[i].Name} | {misses:N0} | {seconds[i] / requests.Length * 1e9:0.0} | {seconds[0] / seconds[i]:0.00}x | {seconds[1] / seconds[i]:0.00}x | {bytes:0.0} |"));
        }

        Console.WriteLine();
    }

    private static long Misses(Func<NodeTable, ulong, IVictimSelector> policy, KeyRequest[] requests)
    {
        var cache = new KeyCache(policy, Residents);
        foreach (ref readonly KeyRequest request in requests.AsSpan())
        {
            cache.Request(request);
        }

        return cache.Misses;
    }

    private static long BitFasterMisses(ICache<ulong, ulong> cache, KeyRequest[] requests)
    {
        long misses = 0;
        foreach (ref readonly KeyRequest request in requests.AsSpan())
        {
            if (!cache.TryGet(request.Key, out _))
            {
                misses++;
                cache.AddOrUpdate(request.Key, request.Key);
            }
        }

        return misses;
    }
}
