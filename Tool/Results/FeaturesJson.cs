namespace Squelch.Tool;

/// <summary>The words of the policy language as JSON.</summary>
internal static class FeaturesJson
{
    /// <summary>One object.</summary>
    public static string Text() => JsonText.Of(new
    {
        features = PolicyLanguage.Features.Select(row => new
        {
            name = row.Feature.Name,
            unit = row.Feature.Unit,
            minimum = JsonText.Finite(row.Feature.Minimum),
            maximum = JsonText.Finite(row.Feature.Maximum),
            hooks = row.Hooks,
            meaning = row.Feature.Meaning,
            ofKeys = row.Feature.OfKeys,
            sameForAllNodes = row.Feature.IsSameForAll,
            needsFuture = row.Feature.NeedsFuture,
        }),
        places = BuiltInFeatures.OfPlaces.Select(place => new
        {
            name = place.Name,
            unit = place.Unit,
            minimum = JsonText.Finite(place.Minimum),
            maximum = JsonText.Finite(place.Maximum),
            meaning = place.Meaning,
        }),
        functions = PolicyLanguage.Functions,
    });
}
