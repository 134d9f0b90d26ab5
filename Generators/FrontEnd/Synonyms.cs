namespace Squelch.Generators.FrontEnd;

/// <summary>What authors call features that have another name here, as papers and other caches do.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<string, string> s_features = new(StringComparer.OrdinalIgnoreCase)
    {
        ["frequency"] = "hits", ["freq"] = "hits", ["count"] = "hits", ["accesses"] = "hits", ["accessCount"] = "hits", ["hitCount"] = "hits", ["uses"] = "hits", ["useCount"] = "hits", ["references"] = "hits",
        ["recency"] = "lastAccess", ["lastUse"] = "lastAccess", ["lastUsed"] = "lastAccess", ["lastHit"] = "lastAccess", ["accessTime"] = "lastAccess", ["atime"] = "lastAccess",
        ["age"] = "inserted", ["created"] = "inserted", ["createdAt"] = "inserted", ["creationTime"] = "inserted", ["birth"] = "inserted",
        ["time"] = "now", ["clock"] = "now", ["currentTime"] = "now", ["timestamp"] = "now",
        ["size"] = "bytesHeld", ["bytes"] = "bytesHeld", ["memory"] = "bytesHeld", ["footprint"] = "bytesHeld",
        ["flops"] = "flopsSaved", ["compute"] = "flopsSaved", ["missCost"] = "cost", ["recomputeCost"] = "cost",
        ["length"] = "tokens", ["tokenCount"] = "tokens", ["numTokens"] = "tokens", ["pages"] = "tokens", ["blocks"] = "tokens",
        ["depth"] = "depthTokens", ["prefixLength"] = "depthTokens", ["position"] = "depthTokens",
        ["childCount"] = "children", ["fanout"] = "children",
        ["ttl"] = "expires", ["expiry"] = "expires", ["deadline"] = "expires",
        ["nextAccess"] = "nextUse", ["reuseDistance"] = "nextUse", ["nextReference"] = "nextUse",
        ["density"] = "hitDensity", ["hitRate"] = "hitDensity", ["reuseRate"] = "hazard", ["reuseProbability"] = "reuseChance", ["hitProbability"] = "reuseChance", ["survivalRate"] = "survival",
        ["random"] = "draw", ["rand"] = "draw", ["rng"] = "draw", ["uniform"] = "draw",
    };

    /// <summary>Times that a cache does not know; their cause it does.</summary>
    private static readonly HashSet<string> s_latencies = new(StringComparer.OrdinalIgnoreCase) { "latency", "missLatency", "ttft", "prefillTime", "recomputeTime", "delay", "loadTime", "fetchTime" };

    /// <summary>The feature that a name probably means, or null.</summary>
    public static string? Of(string name) => s_features.TryGetValue(name, out string feature) ? feature : null;

    /// <summary>What to tell an author who used the name, or null where it is no synonym.</summary>
    public static string? Remedy(string name)
        => Of(name) is { } feature ? "did you mean '" + feature + "' (" + FeatureTable.Of(feature).Meaning + ")?"
            : s_latencies.Contains(name) ? "no feature is a latency: 'flopsSaved' comes nearest (" + FeatureTable.Of("flopsSaved").Meaning + ")"
            : null;
}
