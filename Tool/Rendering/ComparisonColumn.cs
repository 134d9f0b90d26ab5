namespace Squelch.Tool;

/// <summary>One column of the comparison, beside the policy's name.</summary>
/// <param name="Header">Its header; lines apart.</param>
/// <param name="Rank">0 stays on the narrowest terminal; the highest goes first.</param>
/// <param name="Text">The cell of an outcome.</param>
internal sealed record ComparisonColumn(string Header, int Rank, Func<ReplayOutcome, string> Text)
{
    /// <summary>The header of the column that is no number.</summary>
    public const string Tunables = "tunables";

    private const int FramePerColumn = 3;

    private static readonly ComparisonColumn[] s_tokens =
    [
        new("FLOPs\nsaved %", 2, o => Number.Percent(o.Result.FlopsSavedShare)),
        new("TTFT ms\nmean", 1, o => Number.Tenths(o.Result.Ttft.Mean)),
        new("TTFT ms\nP95", 4, o => Number.Tenths(o.Result.Ttft.P95)),
        new("request\nhit %", 6, o => Number.Percent(o.Result.RequestHitRate)),
        new("evictions\nleaf / join", 6, o => $"{Number.Count(o.Result.LeafEvictions)} / {Number.Count(o.Result.JoinEvictions)}"),
    ];

    private static readonly ComparisonColumn[] s_keys =
    [
        new("hits", 4, o => Number.Count(o.Result.HitRequests)),
        new("misses", 1, o => Number.Count(o.Result.Requests - o.Result.HitRequests)),
        new("keys\nevicted", 6, o => Number.Count(o.Result.LeafEvictions)),
    ];

    /// <summary>All columns of a trace's tables from left to right.</summary>
    public static IReadOnlyList<ComparisonColumn> Of(TraceTerms terms) =>
    [
        new($"{terms.Hit}".Replace(" hit", "\nhit", StringComparison.Ordinal) + " %", 0, o => Number.Percent(o.Result.TokenHitRate)),
        .. terms is { IsKeys: true, IsKeysAlone: false } ? [new("request\nhit %", 1, o => Number.Percent(o.Result.RequestHitRate))] : Array.Empty<ComparisonColumn>(),
        .. terms.HasCosts ? [new("cost\nsaved %", 1, o => Number.Percent(o.Result.CostSavedShare!.Value))] : Array.Empty<ComparisonColumn>(),
        new("over LRU,\npoints", 1, o => o.Bounds is { } bounds ? Signed(o.Result.TokenHitRate - bounds.Lru) : ""),
        new("95 % range\nof that", 3, o => o.GainOverLru is { } gain ? $"{Signed(gain.Low)} to {Signed(gain.High)}" : ""),
        new("% of way to\noffline rule", 5, o => o.ShareOfWayToRule is { } share ? Number.WholePercent(share) : ""),
        new("% of way to\nupper bound", 5, o => o.ShareOfWayToBound is { } share ? Number.WholePercent(share) : ""),
        .. terms.IsKeys ? s_keys : s_tokens,
        new("not\nadmitted", 7, o => Number.Count(o.Result.NotAdmitted)),
        new("peak %\nof capacity", 8, o => Number.Percent((double)o.Result.PeakBytes / o.Result.CapacityBytes)),
        new("req/s", 9, o => Number.Count(o.Result.RequestsPerSecond)),
        new(Tunables, 5, TunablesText.Of),
    ];

    /// <summary>The header on one line.</summary>
    public string Name => Header.Replace('\n', ' ');

    /// <summary>The columns that fit into the width: the most telling ones, and of the rest what there is room for.</summary>
    /// <param name="columns">To choose from.</param>
    /// <param name="width">The widest that fits.</param>
    /// <param name="names">The width of the first column.</param>
    /// <param name="outcomes">The rows.</param>
    public static IReadOnlyList<ComparisonColumn> Fitting(IReadOnlyList<ComparisonColumn> columns, int width, int names, IReadOnlyCollection<ReplayOutcome> outcomes)
    {
        int room = width - 1 - FramePerColumn - names;
        HashSet<ComparisonColumn> kept = [];
        foreach (ComparisonColumn column in columns.OrderBy(column => column.Rank))
        {
            int taken = FramePerColumn + Math.Max(column.Header.Split('\n').Max(line => line.Length), outcomes.Max(outcome => column.Text(outcome).Length));
            if (column.Rank == 0 || taken <= room)
            {
                kept.Add(column);
                room -= taken;
            }
        }

        return [.. columns.Where(kept.Contains)];
    }

    private static string Signed(double share) => Number.Points(share * 100);
}
