namespace Squelch.Tool;

/// <summary>One column of the comparison.</summary>
/// <param name="Header">Its header; lines apart.</param>
/// <param name="Rank">0 stays on the narrowest terminal; the highest goes first.</param>
/// <param name="Text">The cell of an outcome.</param>
internal sealed record ComparisonColumn(string Header, int Rank, Func<ReplayOutcome, string> Text)
{
    /// <summary>Follows the name of a policy that knows the future.</summary>
    public const string OfflineMark = " †";

    private const int FramePerColumn = 3;

    /// <summary>All columns from left to right.</summary>
    public static IReadOnlyList<ComparisonColumn> All { get; } =
    [
        new("policy", 0, o => o.Result.Policy + (o.NeedsFuture ? OfflineMark : "")),
        new("tunables", 2, TunablesText.Of),
        new("token\nhit %", 0, o => Number.Percent(o.Result.TokenHitRate)),
        new("95 % of\nsuch traces", 3, o => o.HitRate is { } range ? $"{Number.Percent(range.Low)}-{Number.Percent(range.High)}" : ""),
        new("% of way\nto bound", 2, o => o.ShareOfWay is { } share ? Number.WholePercent(share) : ""),
        new("request\nhit %", 1, o => Number.Percent(o.Result.RequestHitRate)),
        new("FLOPs\nsaved %", 1, o => Number.Percent(o.Result.FlopsSavedShare)),
        new("TTFT ms\nmean", 1, o => Number.Tenths(o.Result.Ttft.Mean)),
        new("TTFT ms\nP95", 4, o => Number.Tenths(o.Result.Ttft.P95)),
        new("evictions\nleaf / join", 5, o => $"{Number.Count(o.Result.LeafEvictions)} / {Number.Count(o.Result.JoinEvictions)}"),
        new("not\nadmitted", 6, o => Number.Count(o.Result.NotAdmitted)),
        new("peak %\nof capacity", 7, o => Number.Percent((double)o.Result.PeakBytes / o.Result.CapacityBytes)),
        new("req/s", 8, o => Number.Count(o.Result.RequestsPerSecond)),
    ];

    /// <summary>The columns that fit into the width, the most telling ones kept.</summary>
    public static IReadOnlyList<ComparisonColumn> Fitting(int width, IReadOnlyCollection<ReplayOutcome> outcomes)
    {
        IReadOnlyList<ComparisonColumn> kept = All;
        for (int rank = All.Max(c => c.Rank); rank > 0 && Width(kept, outcomes) > width; rank--)
        {
            kept = [.. kept.Where(c => c.Rank < rank)];
        }

        return kept;
    }

    private static int Width(IReadOnlyList<ComparisonColumn> columns, IReadOnlyCollection<ReplayOutcome> outcomes)
        => 1 + columns.Sum(c => FramePerColumn + Math.Max(c.Header.Split('\n').Max(line => line.Length), outcomes.Max(o => c.Text(o).Length)))
            + ComparisonTable.BestMark.Length;
}
