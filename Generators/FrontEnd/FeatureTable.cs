using System.Collections.Generic;
using System.Linq;

namespace Squelch.Generators.FrontEnd;

/// <summary>A built-in feature as the compiler knows it; a test holds this table and Squelch.BuiltInFeatures equal.</summary>
internal sealed record BuiltInFeature(string Name, string Unit, double Minimum, double Maximum);

/// <summary>The built-in features.</summary>
internal static class FeatureTable
{
    private const double MaxTicks = 9007199254740992;
    private const double MaxTokens = 1L << 31;
    private const double MaxBytes = 1L << 50;
    private const double MaxFlops = 1e22;

    public static IReadOnlyList<BuiltInFeature> All { get; } =
    [
        new("now", "Ticks", 0, MaxTicks),
        new("lastAccess", "Ticks", 0, MaxTicks),
        new("inserted", "Ticks", 0, MaxTicks),
        new("hits", "Count", 1, MaxTicks),
        new("children", "Count", 0, MaxTokens),
        new("tokens", "Tokens", 1, MaxTokens),
        new("depthTokens", "Tokens", 1, MaxTokens),
        new("kvBytes", "Bytes", 0, MaxBytes),
        new("checkpointBytes", "Bytes", 0, MaxBytes),
        new("bytesHeld", "Bytes", 1, MaxBytes),
        new("pathBytes", "Bytes", 1, MaxBytes),
        new("flopsSaved", "Flops", 0, MaxFlops),
        new("pathFlops", "Flops", 0, MaxFlops),
        new("priority", "Count", 0, MaxTicks),
        new("expires", "Ticks", 0, double.PositiveInfinity),
        new("nextUse", "Ticks", 0, double.PositiveInfinity),
        new("draw", "None", 0, 1),
    ];

    public static HashSet<string> Names { get; } = new(All.Select(feature => feature.Name));
}
