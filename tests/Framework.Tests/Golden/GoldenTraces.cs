using System.Collections.Concurrent;

namespace Squelch.Tests.Golden;

/// <summary>The traces of the golden cases, in memory.</summary>
internal static class GoldenTraces
{
    private static readonly ConcurrentDictionary<string, Lazy<Lab.Trace>> Loaded = new();

    public static Lab.Trace Load(string name) => Loaded.GetOrAdd(name, key => new(() => TraceReader.Load(SeededTraces.Golden(key)))).Value;
}
