using System.Collections.Concurrent;

namespace Squelch.Policies.Tests.Keys;

/// <summary>The seeded check traces of tests/Golden/zipf, in memory.</summary>
internal static class ZipfTrace
{
    private static readonly ConcurrentDictionary<string, Lazy<KeyRequest[]>> Loaded = new();

    public static KeyRequest[] Load(string name) => Loaded.GetOrAdd(name, key => new(() => [.. KeyTraceReader.Read(SeededTraces.Zipf(key))])).Value;
}
