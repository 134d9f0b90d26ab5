namespace Squelch.Tool;

/// <summary>Regret as JSON: a summary per model, and every cell.</summary>
internal static class RegretJson
{
    /// <summary>One object.</summary>
    public static string Of(RegretResults results) => JsonText.Of(new
    {
        policy = results.Policy.Policy.Descriptor.Name,
        tunables = results.Policy.Tunables,
        against = results.Models[0].Cells[0].Others.Select(other => other.Policy),
        models = results.Models.Select(ofModel => new
        {
            model = ofModel.Model,
            traces = ofModel.Traces,
            cells = ofModel.Cells.Count,
            own = Summary(ofModel.Own),
            others = ofModel.Others.Select(Summary),
        }),
        cells = results.Models.SelectMany(ofModel => ofModel.Cells).Select(cell => new
        {
            model = cell.Model,
            trace = cell.Trace,
            capacityBytes = cell.CapacityBytes,
            best = new { policy = cell.Best.Policy, tokenHitRate = cell.Best.HitRate },
            tokenHitRate = cell.HitRate,
            regret = cell.Regret,
            others = cell.Others.ToDictionary(other => other.Policy, other => other.HitRate),
        }),
    });

    private static object Summary(RegretSummary summary) => new
    {
        policy = summary.Policy,
        mean = summary.Mean,
        worst = new { regret = summary.Worst.Points, trace = summary.Worst.Cell.Trace, capacityBytes = summary.Worst.Cell.CapacityBytes, best = summary.Worst.Cell.Best.Policy },
        cellsWithinHalfAPoint = summary.Within,
    };
}
