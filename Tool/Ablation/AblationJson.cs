namespace Squelch.Tool;

/// <summary>An ablation as JSON: effects, pairs and every replay.</summary>
internal static class AblationJson
{
    /// <summary>One object.</summary>
    public static string Of(AblationResults results) => JsonText.Of(new
    {
        policy = results.Space.Settings.Policy.Descriptor.Name,
        tunables = results.Space.Tunables,
        tokenHitRate = results.AsItIs,
        asItIs = Enum.GetValues<Aspect>().ToDictionary(AblationTable.Word, results.Space.AsItIs),
        changes = results.Effects.Select(effect => new
        {
            aspect = effect.Change.Aspect,
            instead = effect.Change.Name,
            alone = effect.Mean,
            worst = Place(effect.Worst),
            best = Place(effect.Best),
            inAll = effect.Everywhere,
        }),
        pairs = results.Pairs.Select(pair => new
        {
            first = Name(pair.First.Change),
            second = Name(pair.Second.Change),
            firstAlone = pair.First.Mean,
            secondAlone = pair.Second.Mean,
            both = pair.Joint,
            overTheSum = pair.Interaction,
        }),
        best = new { changes = results.Best.Changes.Select(Name), points = results.Best.Mean },
        replays = results.Cells.SelectMany(cell => cell.HitRates.Zip(results.Space.Combinations, (hitRate, combination) => new
        {
            trace = cell.Trace,
            capacityBytes = cell.CapacityBytes,
            changes = combination.Select(Name),
            tokenHitRate = hitRate,
        })),
        notes = results.Space.Notes,
    });

    private static object Name(AblationChange change) => new { aspect = change.Aspect, instead = change.Name };

    private static object Place((double Points, AblationCell Cell) at) => new { points = at.Points, trace = at.Cell.Trace, capacityBytes = at.Cell.CapacityBytes };
}
