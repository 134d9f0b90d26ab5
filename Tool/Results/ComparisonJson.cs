namespace Squelch.Tool;

/// <summary>Two files of results as JSON: both values of each number, and which replays only one of them holds.</summary>
internal static class ComparisonJson
{
    /// <summary>One object.</summary>
    public static string Of(ComparedResults results) => JsonText.Of(new
    {
        both = results.Both.Select(pair => new
        {
            trace = pair.After.Key.Trace,
            policy = pair.After.Key.Policy,
            model = pair.After.Key.Model,
            capacityBytes = pair.After.Key.CapacityBytes,
            tokenHitRate = Change(pair.Before.TokenHitRate, pair.After.TokenHitRate),
            requestHitRate = Change(pair.Before.RequestHitRate, pair.After.RequestHitRate),
            flopsSavedShare = Change(pair.Before.FlopsSavedShare, pair.After.FlopsSavedShare),
            costSavedShare = Change(pair.Before.CostSavedShare, pair.After.CostSavedShare),
            ttftMeanMs = Change(pair.Before.TtftMeanMs, pair.After.TtftMeanMs),
            evictions = Change(pair.Before.Evictions, pair.After.Evictions),
        }),
        changed = results.Changed,
        onlyFirst = results.OnlyBefore.Select(Key),
        onlySecond = results.OnlyAfter.Select(Key),
    });

    private static object Change(double first, double second)
        => new { first = JsonText.Finite(first), second = JsonText.Finite(second), change = JsonText.Finite(second - first) };

    private static object Key(ResultKey key) => new { trace = key.Trace, policy = key.Policy, model = key.Model, capacityBytes = key.CapacityBytes };
}
