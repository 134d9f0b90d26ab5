using Squelch.Tool;

namespace Squelch.Documentation.Tests;

/// <summary>The features, in the words of <c>squelch features</c>.</summary>
internal static class FeaturesTable
{
    public static IEnumerable<string> Of()
        => PageTables.Lines(
            ["feature", "unit", "least", "greatest", "meaning", "of keys"],
            PolicyLanguage.Features.Select(row => (string[])
            [
                $"`{row.Feature.Name}`",
                PolicyWords.UnitName(row.Feature.Unit),
                Number.Limit(row.Feature.Minimum),
                Number.Limit(row.Feature.Maximum),
                row.Feature.Meaning + Notes(row.Feature, row.Hooks),
                row.Feature.OfKeys,
            ]));

    public static IEnumerable<string> InShort()
        => PageTables.Lines(["parameter", "unit", "meaning"], BuiltInFeatures.All.Select(feature => (string[])[$"`{feature.Name}`", PolicyWords.UnitName(feature.Unit), feature.Meaning]));

    /// <summary>What a place of a checkpoint has.</summary>
    public static IEnumerable<string> OfPlaces()
        => PageTables.Lines(
            ["name", "unit", "least", "greatest", "meaning"],
            BuiltInFeatures.OfPlaces.Select(row => (string[])[$"`{row.Name}`", PolicyWords.UnitName(row.Unit), Number.Limit(row.Minimum), Number.Limit(row.Maximum), row.Meaning]));

    private static string Notes(FeatureDescriptor feature, IReadOnlyList<string> hooks)
        => (feature.IsSameForAll ? ". **The same for all nodes of a selection**" : "")
            + (feature.NeedsFuture ? ". **Needs the future**" : "")
            + (hooks.Count == PolicyLanguage.Hooks.Length ? "" : $". **In `[{string.Join("]`, `[", hooks)}]` alone**");
}
