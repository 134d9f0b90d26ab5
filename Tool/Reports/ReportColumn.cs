using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>One column of a report's table of policies.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Cell">The cell of an outcome.</param>
internal sealed record ReportColumn(string Header, Func<ReplayOutcome, XElement> Cell)
{
    private static readonly ReportColumn[] s_tokens =
    [
        Text("request hit %", outcome => Number.Percent(outcome.Result.RequestHitRate)),
        Text("FLOPs saved %", outcome => Number.Percent(outcome.Result.FlopsSavedShare)),
        Text("TTFT mean ms", outcome => Number.Tenths(outcome.Result.Ttft.Mean)),
        Text("TTFT P95 ms", outcome => Number.Tenths(outcome.Result.Ttft.P95)),
        Text("floored P95 ms", outcome => Number.Tenths(outcome.Result.TtftFloored.P95)),
        Text("leaves evicted", outcome => Number.Count(outcome.Result.LeafEvictions)),
        Text("joins", outcome => Number.Count(outcome.Result.JoinEvictions)),
        Text("not admitted", outcome => Number.Count(outcome.Result.NotAdmitted)),
    ];

    private static readonly ReportColumn[] s_keys =
    [
        Text("hits", outcome => Number.Count(outcome.Result.HitRequests)),
        Text("misses", outcome => Number.Count(outcome.Result.Requests - outcome.Result.HitRequests)),
        Text("keys evicted", outcome => Number.Count(outcome.Result.LeafEvictions)),
        Text("not admitted", outcome => Number.Count(outcome.Result.NotAdmitted)),
    ];

    /// <summary>The columns beside the policy's name, from left to right.</summary>
    public static IEnumerable<ReportColumn> Of(TraceTerms terms)
        =>
        [
            Text($"{terms.Hit} %", outcome => Number.Percent(outcome.Result.TokenHitRate)),
            Text("over LRU, points", outcome => outcome.GainOverLru is { } gain ? $"{Signed(gain.Low)} to {Signed(gain.High)}" : ""),
            new("of the way to the best offline rule", outcome => ReportTables.Share(outcome.ShareOfWayToRule)),
            new("to the upper bound", outcome => ReportTables.Share(outcome.ShareOfWayToBound)),
            Text("tunables", TunablesText.Of),
            .. terms is { IsKeys: true, IsKeysAlone: false } ? [Text("request hit %", outcome => Number.Percent(outcome.Result.RequestHitRate))] : Array.Empty<ReportColumn>(),
            .. terms.HasCosts ? [Text("cost saved %", outcome => Number.Percent(outcome.Result.CostSavedShare!.Value))] : Array.Empty<ReportColumn>(),
            .. terms.IsKeys ? s_keys : s_tokens,
        ];

    private static ReportColumn Text(string header, Func<ReplayOutcome, string> text) => new(header, outcome => ReportTables.Cell(text(outcome)));

    private static string Signed(double share) => Number.Points(share * 100);
}
