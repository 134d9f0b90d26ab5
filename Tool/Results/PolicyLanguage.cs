using System.Collections.Immutable;

namespace Squelch.Tool;

/// <summary>The words of the policy language: what a formula may read and call.</summary>
internal static class PolicyLanguage
{
    /// <summary>The methods of a policy that the built-in features may be parameters of: every formula, but for what a reuse table says.</summary>
    public static ImmutableArray<string> Hooks { get; } = ["Term", "Score", "OnInsert", "OnHit", "OnEvict"];

    /// <summary>The parameter that an <c>[OnEvict]</c> method alone may have.</summary>
    public static FeatureDescriptor VictimScore { get; } = new("victimScore", Unit.None, double.NegativeInfinity, double.PositiveInfinity, "the score of the node that was evicted");

    /// <summary>Every parameter and the methods that may have it.</summary>
    public static IEnumerable<(FeatureDescriptor Feature, ImmutableArray<string> Hooks)> Features
        => BuiltInFeatures.All.Select(feature => (feature, feature.NeedsReuseTable ? ["Term", "Score"] : Hooks)).Append((VictimScore, ["OnEvict"]));

    /// <summary>The functions, as a formula calls them.</summary>
    public static ImmutableArray<string> Functions { get; } =
    [
        "Math.Abs", "Math.Ceiling", "Math.Clamp", "Math.Exp", "double.Exp2", "Math.Floor", "double.IsNaN", "Math.Log", "Math.Log10", "Math.Log2", "Math.Max", "Math.Min", "Math.Pow", "Math.Sign", "Math.Sqrt",
    ];

    /// <summary>When a number of the policy itself changes, one event each.</summary>
    public static IEnumerable<string> EventNames(StateEvents at)
        => new[] { (StateEvents.Insert, "insert"), (StateEvents.Hit, "hit"), (StateEvents.Evict, "evict") }.Where(item => at.HasFlag(item.Item1)).Select(item => item.Item2);
}
