using System.Collections.Generic;

namespace Squelch.Generators.FrontEnd;

/// <summary>What the planner knows of a built-in feature.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Member name of Squelch.Unit.</param>
/// <param name="Low">Least legal value.</param>
/// <param name="High">Greatest legal value.</param>
/// <param name="Source">The event that changes it.</param>
/// <param name="Value">C# for its value: of <c>node</c>, or of <c>access</c>.</param>
internal sealed record FeatureRange(string Name, string Unit, double Low, double High, FeatureSource Source, string Value)
{
    /// <summary>The clock is an upper limit.</summary>
    public bool AtMostNow => Name is "lastAccess" or "inserted";

    /// <summary>The node table knows it; a selector keeps no copy unless a plan reads it.</summary>
    public bool Structural => Source is FeatureSource.Edge or FeatureSource.Children;
}

/// <summary>What changes a feature.</summary>
internal enum FeatureSource { Clock, Draw, Access, Insert, Use, Hint, Edge, Children }

/// <summary>The built-in features, as Squelch.BuiltInFeatures lists them; a test holds the two equal.</summary>
internal static class FeatureRanges
{
    private const double MaxTicks = 9007199254740992;
    private const double MaxTokens = 1L << 31;
    private const double MaxBytes = 1L << 50;
    private const double MaxFlops = 1e22;

    private static readonly Dictionary<string, FeatureRange> s_all = Index(
        new("now", "Ticks", 0, MaxTicks, FeatureSource.Clock, "access.Now"),
        new("lastAccess", "Ticks", 0, MaxTicks, FeatureSource.Access, "access.Now"),
        new("inserted", "Ticks", 0, MaxTicks, FeatureSource.Insert, "access.Now"),
        new("hits", "Count", 1, MaxTicks, FeatureSource.Use, "1"),
        new("children", "Count", 0, MaxTokens, FeatureSource.Children, "Nodes.Children(node)"),
        new("tokens", "Tokens", 1, MaxTokens, FeatureSource.Edge, "Nodes.Tokens(node)"),
        new("depthTokens", "Tokens", 1, MaxTokens, FeatureSource.Edge, "Nodes.DepthTokens(node)"),
        new("kvBytes", "Bytes", 0, MaxBytes, FeatureSource.Edge, "Nodes.KvBytes(node)"),
        new("checkpointBytes", "Bytes", 0, MaxBytes, FeatureSource.Edge, "Nodes.CheckpointBytes(node)"),
        new("bytesHeld", "Bytes", 1, MaxBytes, FeatureSource.Edge, "Nodes.BytesHeld(node)"),
        new("pathBytes", "Bytes", 1, MaxBytes, FeatureSource.Edge, "Nodes.PathBytes(node)"),
        new("flopsSaved", "Flops", 0, MaxFlops, FeatureSource.Edge, "Nodes.FlopsSaved(node)"),
        new("pathFlops", "Flops", 0, MaxFlops, FeatureSource.Edge, "Nodes.PathFlops(node)"),
        new("priority", "Count", 0, MaxTicks, FeatureSource.Hint, "access.Priority"),
        new("expires", "Ticks", 0, double.PositiveInfinity, FeatureSource.Hint, "access.Expires"),
        new("nextUse", "Ticks", 0, double.PositiveInfinity, FeatureSource.Hint, "access.NextUse"),
        new("draw", "None", 0, 1, FeatureSource.Draw, ""));

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyCollection<FeatureRange> All => s_all.Values;

    public static ICollection<string> Names => s_all.Keys;

    public static bool Has(string name) => s_all.ContainsKey(name);

    public static FeatureRange Of(string name) => s_all[name];

    private static Dictionary<string, FeatureRange> Index(params FeatureRange[] features)
    {
        var index = new Dictionary<string, FeatureRange>();
        foreach (FeatureRange feature in features)
        {
            index.Add(feature.Name, feature);
        }

        return index;
    }
}
