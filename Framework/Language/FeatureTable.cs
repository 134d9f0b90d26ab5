namespace Squelch;

/// <summary>What changes a feature.</summary>
internal enum FeatureSource { Clock, Draw, Access, Insert, Use, Hint, Edge, Children }

/// <summary>One built-in feature.</summary>
/// <param name="Name">The parameter name that binds to it.</param>
/// <param name="Unit">Member name of <c>Squelch.Unit</c>.</param>
/// <param name="Low">Least legal value.</param>
/// <param name="High">Greatest legal value.</param>
/// <param name="AtMost">A feature that it never exceeds, or null.</param>
/// <param name="Whole">Its values are whole numbers.</param>
/// <param name="Source">What changes it.</param>
/// <param name="Value">C# for its value: of <c>node</c>, or of <c>access</c>.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record FeatureRow(string Name, string Unit, double Low, double High, string? AtMost, bool Whole, FeatureSource Source, string Value, string Meaning)
{
    /// <summary>The clock is an upper limit.</summary>
    public bool AtMostNow => Name is "lastAccess" or "inserted";

    /// <summary>The node table knows it; a selector keeps no copy unless a plan reads it.</summary>
    public bool Structural => Source is FeatureSource.Edge or FeatureSource.Children;
}

/// <summary>The built-in features, declared once: the framework, the policy compiler and the analyzers all compile this file.</summary>
internal static class FeatureTable
{
    /// <summary>The greatest whole number that one can be added to: 1 + now - lastAccess is never 0.</summary>
    private const double MaxTicks = 9007199254740991;
    private const double MaxTokens = int.MaxValue;
    private const double MaxBytes = 1L << 50;
    private const double MaxFlops = 1e22;

    /// <summary>52 random bits: the greatest draw is 1 - 2^-52.</summary>
    private const double MaxDraw = 0.99999999999999978;

    private static readonly Dictionary<string, FeatureRow> s_all = Index(
        new("now", "Ticks", 0, MaxTicks, null, false, FeatureSource.Clock, "access.Now", "the time of the selection"),
        new("lastAccess", "Ticks", 0, MaxTicks, "now", false, FeatureSource.Access, "access.Now", "when the node was last used; at most now"),
        new("inserted", "Ticks", 0, MaxTicks, "lastAccess", false, FeatureSource.Insert, "access.Now", "when the node was made; at most now"),
        new("hits", "Count", 1, MaxTicks, null, true, FeatureSource.Use, "1", "requests that used the node, the one that made it included"),
        new("children", "Count", 0, MaxTokens, null, true, FeatureSource.Children, "Nodes.Children(node)", "children of the node"),
        new("tokens", "Tokens", 1, MaxTokens, "depthTokens", true, FeatureSource.Edge, "Nodes.Tokens(node)", "tokens on the node's edge"),
        new("depthTokens", "Tokens", 1, MaxTokens, null, true, FeatureSource.Edge, "Nodes.DepthTokens(node)", "tokens from the root to the node's end"),
        new("kvBytes", "Bytes", 0, MaxBytes, "bytesHeld", true, FeatureSource.Edge, "Nodes.KvBytes(node)", "KV bytes of the node's edge"),
        new("checkpointBytes", "Bytes", 0, MaxBytes, "bytesHeld", true, FeatureSource.Edge, "Nodes.CheckpointBytes(node)", "bytes of the node's checkpoint"),
        new("bytesHeld", "Bytes", 1, MaxBytes, "pathBytes", true, FeatureSource.Edge, "Nodes.BytesHeld(node)", "bytes the node would free as a leaf: kvBytes + checkpointBytes"),
        new("pathBytes", "Bytes", 1, MaxBytes, null, true, FeatureSource.Edge, "Nodes.PathBytes(node)", "bytes of the whole prefix: KV from the root, and one checkpoint"),
        new("flopsSaved", "Flops", 0, MaxFlops, "pathFlops", false, FeatureSource.Edge, "Nodes.FlopsSaved(node)", "prefill FLOPs that the node saves over its parent"),
        new("pathFlops", "Flops", 0, MaxFlops, null, false, FeatureSource.Edge, "Nodes.PathFlops(node)", "prefill FLOPs that the whole prefix saves"),
        new("priority", "Count", 0, MaxTicks, null, false, FeatureSource.Hint, "access.Priority", "hint of the last request that used the node; 0 without one"),
        new("expires", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.Expires", "hint: when the node's use ends; infinity without one"),
        new("nextUse", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.NextUse", "hint: when the node is used next; infinity without one"),
        new("turn", "Count", 1, MaxTicks, null, true, FeatureSource.Hint, "access.Turn", "hint: which request of its session last used the node, from 1; 1 without one"),
        new("sessionGap", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.SessionGap", "hint: mean time between the requests of the session that last used the node; infinity where it had one request, or without one"),
        new("category", "Count", 0, MaxTicks, null, true, FeatureSource.Hint, "access.Category", "hint: the kind of request that last used the node, as the engine numbers them; 0 without one"),
        new("draw", "None", 0, MaxDraw, null, false, FeatureSource.Draw, "", "a fresh uniform number in [0, 1) per node and selection, from the seed, the clock and the creation number"));

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyCollection<FeatureRow> All => s_all.Values;

    public static ICollection<string> Names => s_all.Keys;

    public static bool Has(string name) => s_all.ContainsKey(name);

    public static FeatureRow Of(string name) => s_all[name];

    private static Dictionary<string, FeatureRow> Index(params FeatureRow[] features)
    {
        var index = new Dictionary<string, FeatureRow>(StringComparer.Ordinal);
        foreach (FeatureRow feature in features)
        {
            index.Add(feature.Name, feature);
        }

        return index;
    }
}
