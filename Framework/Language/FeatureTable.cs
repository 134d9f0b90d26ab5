namespace Squelch;

/// <summary>What changes a feature. Place: the edge, the children, or what lies above or below. Checkpoint: each place where one could stand has its own.</summary>
internal enum FeatureSource { Clock, Draw, Access, Insert, Continuation, Use, Sessions, Ghost, Hint, Edge, Children, Place, Subtree, Reuse, Checkpoint }

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
/// <param name="Examples">
/// Legal values with which the analyzers play through a node's life: of a feature of the edge one per edge, in step with the other features of
/// edges; of a hint, a draw or a reuse table one per request, in step with the other hints. None for what the life itself gives.
/// </param>
internal sealed record FeatureRow(
    string Name, string Unit, double Low, double High, string? AtMost, bool Whole, FeatureSource Source, string Value, string Meaning, params double[] Examples)
{
    /// <summary>The clock is an upper limit.</summary>
    public bool AtMostNow => FeatureTable.NeverExceeds(Name, "now");

    /// <summary>What it is in a cache of keys, where a key is a leaf under one root; null where the meaning holds there, too.</summary>
    public string? OfKeys { get; init; }

    /// <summary>C# for its value when a lookup uses the node, where that is not what it is when the node is made.</summary>
    public string? ValueAtHit { get; init; }

    /// <summary>C# for its value when the node, just made, turns out to be cut off the front of <c>lower</c>; null where that changes nothing.</summary>
    public string? ValueAtSplit { get; init; }

    /// <summary>Only a prefix tree, or an engine's sessions, give it a meaning: a cache of values refuses a policy that reads it.</summary>
    public bool NeedsTree { get; init; }

    /// <summary>It tells what has not happened yet: a replay knows, an engine can only guess.</summary>
    public bool NeedsFuture { get; init; }

    /// <summary>The method of the node table that a selector calls before it reads this; null for none.</summary>
    public string? Keeps { get; init; }

    /// <summary>The node table knows it; a selector keeps no copy unless a plan reads it.</summary>
    public bool Structural => Source is FeatureSource.Edge or FeatureSource.Children or FeatureSource.Place or FeatureSource.Subtree;
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

    /// <summary>Reuse tables tell no ages below a millionth of a tick.</summary>
    private const double MaxRate = 1 << 20;

    /// <summary>Expected draws until each of 64 bits was drawn: no sketch tells more sessions.</summary>
    private const double MaxSessions = 304;

    private const string KeySize = "the key's size; 1 where keys are counted";
    private const string KeyCost = "what fetching the key costs; 1 where that is not told";

    private static readonly Dictionary<string, FeatureRow> s_all = Index(
        new("now", "Ticks", 0, MaxTicks, null, false, FeatureSource.Clock, "access.Now", "the time of the selection"),
        new("lastAccess", "Ticks", 0, MaxTicks, "now", false, FeatureSource.Access, "access.Now", "when the node was last used; at most now"),
        new("inserted", "Ticks", 0, MaxTicks, "lastAccess", false, FeatureSource.Insert, "access.Now", "when the node was made; at most now"),
        new("continues", "None", 0, 1, null, true, FeatureSource.Continuation, "(access.Continues ? 1 : 0)", "1 where the node's sequence went on where another one had ended, at a leaf; else 0") { OfKeys = "always 0" },
        new("evictedAgo", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Ghost, "_evictedAgo.Made(node, access)", "when the node was made, the time since the same prefix had been evicted; infinity where that is none of the last victims, of which as many are remembered as there are nodes", double.PositiveInfinity, 1000, 0) { OfKeys = "the same, of the key" },
        new("hits", "Count", 1, MaxTicks, null, true, FeatureSource.Use, "1", "requests that used the node, the one that made it included"),
        new("sessions", "Count", 1, MaxSessions, null, true, FeatureSource.Sessions, "_sessions.Made(node, access)", "sessions that used the node, estimated: the first few exactly, at most 304; a request whose session is not told counts as one of its own") { ValueAtHit = "_sessions.Used(node, access)", ValueAtSplit = "_sessions.Split(node, lower)", OfKeys = "hits, estimated, at most 304", NeedsTree = true },
        new("children", "Count", 0, MaxTokens, null, true, FeatureSource.Children, "Nodes.Children(node)", "children of the node") { OfKeys = "always 0", NeedsTree = true },
        new("tokens", "Tokens", 1, MaxTokens, "depthTokens", true, FeatureSource.Edge, "Nodes.Tokens(node)", "tokens on the node's edge", 1, 64, 1, MaxTokens) { OfKeys = KeySize },
        new("depthTokens", "Tokens", 1, MaxTokens, null, true, FeatureSource.Edge, "Nodes.DepthTokens(node)", "tokens from the root to the node's end", 1, 1024, 1, MaxTokens) { OfKeys = KeySize, NeedsTree = true },
        new("kvBytes", "Bytes", 0, MaxBytes, "bytesHeld", true, FeatureSource.Edge, "Nodes.KvBytes(node)", "KV bytes of the node's edge", 1, 1 << 20, 0, MaxBytes) { OfKeys = KeySize },
        new("checkpointBytes", "Bytes", 0, MaxBytes, "bytesHeld", true, FeatureSource.Edge, "Nodes.CheckpointBytes(node)", "bytes of the node's checkpoint", 0, 1 << 20, 1, 0) { OfKeys = "always 0", NeedsTree = true },
        new("bytesHeld", "Bytes", 1, MaxBytes, "pathBytes", true, FeatureSource.Edge, "Nodes.BytesHeld(node)", "bytes the node would free as a leaf: kvBytes + checkpointBytes", 1, 1 << 21, 1, MaxBytes) { OfKeys = KeySize },
        new("pathBytes", "Bytes", 1, MaxBytes, null, true, FeatureSource.Edge, "Nodes.PathBytes(node)", "bytes of the whole prefix: KV from the root, and one checkpoint", 1, 1 << 25, 1, MaxBytes) { OfKeys = KeySize, NeedsTree = true },
        new("bytesFreed", "Bytes", 0, MaxBytes, "bytesHeld", true, FeatureSource.Place, "Nodes.BytesFreed(node)", "bytes that evicting the node frees: of a leaf bytesHeld, or the KV of the tokens that it gives up at a time (Trim); of a node with children checkpointBytes", 1, 1 << 21, 1, MaxBytes) { OfKeys = KeySize },
        new("replayTokens", "Tokens", 1, MaxTokens, "depthTokens", true, FeatureSource.Place, "Nodes.ReplayTokens(node)", "tokens from the nearest checkpoint held above the node to its end; without checkpoints in the model, tokens", 1, 256, 1, MaxTokens) { OfKeys = KeySize, Keeps = "KeepChildren", NeedsTree = true },
        new("tokensLost", "Tokens", 0, MaxTokens, "replayTokens", true, FeatureSource.Place, "Nodes.TokensLost(node)", "tokens that a request which would go on from the node has to compute once it is evicted: replayTokens, 0 where it holds no checkpoint; without checkpoints in the model, those that a leaf gives up, 0 with children", 1, 256, 1, MaxTokens) { OfKeys = KeySize, Keeps = "KeepChildren", NeedsTree = true },
        new("subtreeHits", "Count", 1, MaxTicks, null, true, FeatureSource.Subtree, "Nodes.SubtreeHits(node)", "requests that used the node or one below it, evicted ones included; the upper node of a split takes over the lower one's", 1, 3, 3, 3) { OfKeys = "hits", Keeps = "KeepSubtrees", NeedsTree = true },
        new("subtreeBytes", "Bytes", 1, MaxBytes, null, true, FeatureSource.Place, "Nodes.SubtreeBytes(node)", "bytes held by the node and all below it", 1, 1 << 21, 1, MaxBytes) { OfKeys = KeySize, Keeps = "KeepSubtrees", NeedsTree = true },
        new("flopsSaved", "Flops", 0, MaxFlops, "pathFlops", false, FeatureSource.Edge, "Nodes.FlopsSaved(node)", "prefill FLOPs that the node saves over its parent", 1, 1e12, 0, MaxFlops) { OfKeys = KeyCost },
        new("cost", "None", 0, MaxFlops, null, false, FeatureSource.Edge, "Nodes.FlopsSaved(node)", "what it costs to make the node's states again, as a number without a unit: flopsSaved", 1, 1e12, 0, MaxFlops) { OfKeys = KeyCost },
        new("pathFlops", "Flops", 0, MaxFlops, null, false, FeatureSource.Edge, "Nodes.PathFlops(node)", "prefill FLOPs that the whole prefix saves", 1, 2e12, 0, MaxFlops) { OfKeys = KeyCost, NeedsTree = true },
        new("priority", "Count", 0, MaxTicks, null, false, FeatureSource.Hint, "access.Hints.Priority", "hint of the last request that used the node; 0 without one", 0, 1, 0) { OfKeys = "always 0" },
        new("expires", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.Hints.Expires", "hint: when the node's use ends; infinity without one", double.PositiveInfinity, 1000, 0) { OfKeys = "always infinity" },
        new("nextUse", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.Hints.NextUse", "hint: when the node is used next; infinity without one", double.PositiveInfinity, 1000, 0) { NeedsFuture = true },
        new("turn", "Count", 1, MaxTicks, null, true, FeatureSource.Hint, "access.Hints.Turn", "hint: which request of its session last used the node, from 1; 1 without one", 1, 1, 1) { OfKeys = "always 1", NeedsTree = true },
        new("sessionGap", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.Hints.SessionGap", "hint: mean time between the requests of the session that last used the node; infinity where it had one request, or without one", double.PositiveInfinity, 1000, 0) { OfKeys = "always infinity", NeedsTree = true },
        new("sessionGapSpread", "Ticks", 0, double.PositiveInfinity, null, false, FeatureSource.Hint, "access.Hints.SessionGapSpread", "hint: standard deviation of the times between the requests of the session that last used the node; infinity where it had fewer than three requests, or without one", double.PositiveInfinity, 100, 0) { OfKeys = "always infinity", NeedsTree = true },
        new("category", "Count", 0, MaxTicks, null, true, FeatureSource.Hint, "access.Hints.Category", "hint: the kind of request that last used the node, as the engine numbers them; 0 without one", 0, 1, 0) { OfKeys = "always 0", NeedsTree = true },
        new("draw", "None", 0, MaxDraw, null, false, FeatureSource.Draw, "", "a fresh uniform number in [0, 1) per node and selection, from the seed, the clock and the creation number", 0.5, 0, 0),
        new("hitDensity", "PerTick", 0, MaxRate, null, false, FeatureSource.Reuse, "", "of a reuse table: hits to come per tick that the node will still be held, at its class and age", 1, 0.001, 0),
        new("hazard", "PerTick", 0, MaxRate, null, false, FeatureSource.Reuse, "", "of a reuse table: hits per tick of nodes of this class and age", 1, 0.001, 0),
        new("survival", "None", 0, 1, null, false, FeatureSource.Reuse, "", "of a reuse table: the share of nodes of this class that stay unused up to this age, evictions left out", 1, 0.5, 0),
        new("reuseChance", "None", 0, 1, null, false, FeatureSource.Reuse, "", "of a reuse table: the share of nodes that reached this age in this class which were used again before they were evicted", 1, 0.5, 0));

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyCollection<FeatureRow> All => s_all.Values;

    public static ICollection<string> Names => s_all.Keys;

    public static bool Has(string name) => s_all.ContainsKey(name);

    /// <summary>A feature, or what a place of a checkpoint has besides.</summary>
    public static FeatureRow Of(string name) => s_all.TryGetValue(name, out FeatureRow? feature) ? feature : PlaceTable.Of(name);

    /// <summary>True where one feature is never above another, as the rows say.</summary>
    public static bool NeverExceeds(string name, string limit)
    {
        for (string? above = Of(name).AtMost; above is not null; above = Of(above).AtMost)
        {
            if (above == limit)
            {
                return true;
            }
        }

        return false;
    }

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
