namespace Squelch.Tool;

/// <summary>A study as JSON: claims, tables and every replay.</summary>
internal static class StudyJson
{
    /// <summary>One object.</summary>
    public static string Of(StudyResults results, IReadOnlyList<FigureResult> figures, Provenance provenance) => JsonText.Of(new
    {
        command = provenance.Command,
        version = provenance.Version,
        date = provenance.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        seeds = results.Scale.Seeds,
        sessions = results.Scale.Sessions,
        rule = Judging.Rule,
        groups = results.Groups.Select(group => new { name = group.Group.Name, about = group.Group.About, traces = group.Members.Select(Trace) }),
        figures = figures.Select(figure => new
        {
            name = figure.Figure.Name,
            title = figure.Figure.Title,
            paper = figure.Figure.Paper,
            claims = figure.ByClaim.Select(claim => new { claim = claim.Key.Text, verdict = FigureResult.Sentence(claim), findings = claim.Select(Finding) }),
            table = figure.Table.Rows.Select(row => Row(figure.Table, row)),
        }),
        replays = StudyReplay.Of(results),
    });

    private static object Trace(WorkloadResults member)
        => new { name = member.Name, requests = member.Requests, footprintBytes = member.FootprintBytes, uncachedTtftMs = Ttft(member.Uncached), uncachedTtftFlooredMs = Ttft(member.UncachedFloored) };

    private static object Ttft(TtftSummary ttft) => new { mean = ttft.Mean, p5 = ttft.P5, p50 = ttft.P50, p95 = ttft.P95, p99 = ttft.P99 };

    private static object Finding(StudyFinding finding)
        => new { group = finding.Group, paper = finding.Paper, here = JsonText.Finite(finding.Here.Value), low = JsonText.Finite(finding.Here.Low), high = JsonText.Finite(finding.Here.High), verdict = finding.Verdict };

    private static Dictionary<string, object?> Row(StudyTable table, StudyRow row)
    {
        Dictionary<string, object?> named = new() { ["traces"] = row.Traces };
        if (table.AtHeader.Length > 0)
        {
            named[table.AtHeader] = row.At;
        }

        foreach ((StudyColumn column, Estimate? value) in table.Columns.Zip(row.Values))
        {
            named[column.Header] = value is { } known ? new { value = JsonText.Finite(known.Value), low = JsonText.Finite(known.Low), high = JsonText.Finite(known.High) } : null;
        }

        return named;
    }
}
