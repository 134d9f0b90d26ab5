using System.Collections.Immutable;

namespace Squelch;

/// <summary>One number per node that a formula may read by name.</summary>
/// <param name="Name">The parameter name that binds to it.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Minimum">Least legal value.</param>
/// <param name="Maximum">Greatest legal value.</param>
/// <param name="Meaning">What it says.</param>
public sealed record FeatureDescriptor(string Name, Unit Unit, double Minimum, double Maximum, string Meaning);

/// <summary>The features that every policy may read.</summary>
public static class BuiltInFeatures
{
    private const double MaxTicks = 9007199254740992;
    private const double MaxTokens = 1L << 31;
    private const double MaxBytes = 1L << 50;
    private const double MaxFlops = 1e22;

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ImmutableArray<FeatureDescriptor> All { get; } =
    [
        new("now", Unit.Ticks, 0, MaxTicks, "the time of the selection"),
        new("lastAccess", Unit.Ticks, 0, MaxTicks, "when the node was last used; at most now"),
        new("inserted", Unit.Ticks, 0, MaxTicks, "when the node was made; at most now"),
        new("hits", Unit.Count, 1, MaxTicks, "requests that used the node, the one that made it included"),
        new("children", Unit.Count, 0, MaxTokens, "children of the node"),
        new("tokens", Unit.Tokens, 1, MaxTokens, "tokens on the node's edge"),
        new("depthTokens", Unit.Tokens, 1, MaxTokens, "tokens from the root to the node's end"),
        new("kvBytes", Unit.Bytes, 0, MaxBytes, "KV bytes of the node's edge"),
        new("checkpointBytes", Unit.Bytes, 0, MaxBytes, "bytes of the node's checkpoint"),
        new("bytesHeld", Unit.Bytes, 1, MaxBytes, "bytes the node would free as a leaf: kvBytes + checkpointBytes"),
        new("pathBytes", Unit.Bytes, 1, MaxBytes, "bytes of the whole prefix: KV from the root, and one checkpoint"),
        new("flopsSaved", Unit.Flops, 0, MaxFlops, "prefill FLOPs that the node saves over its parent"),
        new("pathFlops", Unit.Flops, 0, MaxFlops, "prefill FLOPs that the whole prefix saves"),
        new("priority", Unit.Count, 0, MaxTicks, "hint of the last request that used the node; 0 without one"),
        new("expires", Unit.Ticks, 0, double.PositiveInfinity, "hint: when the node's use ends; infinity without one"),
        new("nextUse", Unit.Ticks, 0, double.PositiveInfinity, "hint: when the node is used next; infinity without one"),
        new("draw", Unit.None, 0, 1, "a fresh uniform number in [0, 1) per node and selection, from the seed, the clock and the creation number"),
    ];
}
