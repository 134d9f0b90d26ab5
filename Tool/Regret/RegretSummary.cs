namespace Squelch.Tool;

/// <summary>The regret of a policy over the cells of one model.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Mean">Over the cells, in points.</param>
/// <param name="Worst">The greatest, in points, and where.</param>
/// <param name="Within">Cells in which it is at most <see cref="Near"/>.</param>
internal sealed record RegretSummary(string Policy, double Mean, (double Points, RegretCell Cell) Worst, int Within)
{
    /// <summary>So many points behind the best are as good as the best.</summary>
    public const double Near = 0.5;

    // Floating point must not decide.
    private const double Rounding = 1e-9;

    /// <summary>The summary of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="cells">At least one.</param>
    /// <param name="regret">Its regret in a cell.</param>
    public static RegretSummary Of(string policy, IReadOnlyList<RegretCell> cells, Func<RegretCell, double> regret)
    {
        (double Points, RegretCell Cell)[] all = [.. cells.Select(cell => (regret(cell), cell))];
        return new(policy, all.Average(cell => cell.Points), all.MaxBy(cell => cell.Points), all.Count(cell => cell.Points <= Near + Rounding));
    }
}

/// <summary>What came out under one model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Cells">By trace and capacity.</param>
/// <param name="Own">The policy.</param>
/// <param name="Others">Those that it is held against, the best in the mean first.</param>
internal sealed record RegretOfModel(string Model, IReadOnlyList<RegretCell> Cells, RegretSummary Own, IReadOnlyList<RegretSummary> Others)
{
    /// <summary>The results by model, in the order of the cells.</summary>
    public static IReadOnlyList<RegretOfModel> Of(string policy, IEnumerable<RegretCell> cells) =>
    [
        .. from ofModel in cells.GroupBy(cell => cell.Model)
           let all = ofModel.ToArray()
           select new RegretOfModel(
               ofModel.Key,
               all,
               RegretSummary.Of(policy, all, cell => cell.Regret),
               [.. all[0].Others.Select(other => RegretSummary.Of(other.Policy, all, cell => cell.RegretOf(other.Policy))).OrderBy(other => other.Mean)]),
    ];

    /// <summary>Traces replayed.</summary>
    public int Traces => Cells.DistinctBy(cell => cell.Trace).Count();
}

/// <summary>What the command found.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Models">By model.</param>
internal sealed record RegretResults(PolicySettings Policy, IReadOnlyList<RegretOfModel> Models);
