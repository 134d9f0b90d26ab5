using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The page of a study: per figure what the paper says, what comes out here, pictures and tables. It opens offline and without scripts.</summary>
internal static class StudyPage
{
    private const string Title = "The Marconi paper, figure by figure";

    /// <summary>The text of the page.</summary>
    public static string Of(StudyResults results, IReadOnlyList<FigureResult> figures, Provenance provenance)
        => HtmlPage.Of(
            Title,
            provenance,
            provenance.Traces.Select(trace => trace.Sha256 is { } digits ? $"{trace.Name}, SHA-256 {digits}…" : trace.Name),
            new XElement("h1", Title),
            new XElement("p", new XAttribute("class", "answer"), Answer(figures)),
            new XElement("p", new XAttribute("class", "note"), Judging.Rule),
            Traces(results),
            new XElement("nav", new XElement("h3", "Figures"), new XElement("ul", figures.Select(figure => new XElement("li", new XElement("a", new XAttribute("href", $"#{figure.Figure.Name}"), figure.Figure.Heading))))),
            new XElement("main", figures.Select(Section)));

    private static string Answer(IReadOnlyList<FigureResult> figures)
    {
        Verdict[] all = [.. figures.SelectMany(figure => figure.Findings).Select(finding => finding.Verdict)];
        string[] counts = [.. Enum.GetValues<Verdict>().Select(verdict => $"{Number.Count(all.Count(one => one == verdict))} {FigureResult.Words(verdict)}")];
        int claims = figures.Sum(figure => figure.ByClaim.Count());
        return $"{Number.Counted(claims, "claim")} of the paper, each on every group of traces: {string.Join(", ", counts)}.";
    }

    private static XElement? Traces(StudyResults results) => results.Groups.Count == 0 ? null : new(
        "details",
        new XElement("summary", "The traces"),
        new XElement("dl", results.Groups.SelectMany(group => (XElement[])[
            new("dt", group.Group.Name),
            new("dd", $"{group.Group.About}: {string.Join(", ", group.Members.Select(member => $"{member.Name} ({Number.Counted(member.Requests, "request")}, fills {ByteSize.Format(ByteSize.Round(member.FootprintBytes))})"))}"),
        ])));

    private static XElement Section(FigureResult figure) => new(
        "section",
        new XElement("h2", new XAttribute("id", figure.Figure.Name), figure.Figure.Heading),
        new XElement("p", new XElement("b", "The paper: "), figure.Figure.Paper),
        new XElement("p", new XElement("b", "Here:")),
        new XElement("ul", figure.ByClaim.Select(claim => new XElement("li", FigureResult.Sentence(claim)))),
        Findings(figure),
        new XElement("div", new XAttribute("class", "charts"), figure.Charts.Where(chart => chart.Series.Count > 0).Select(chart => new XElement("figure", SvgCanvas.Inline(chart)))),
        new XElement(
            "details",
            new XElement("summary", "Numbers"),
            new XElement("p", new XAttribute("class", "note"), $"Their ranges are in figure-{figure.Figure.Name}.csv."),
            Table(["traces", .. figure.Table.AtHeader.Length > 0 ? [figure.Table.AtHeader] : (string[])[], .. figure.Table.Columns.Select(column => column.Header)], figure.Table.Rows.Select(row =>
                (string[])[row.Traces, .. figure.Table.AtHeader.Length > 0 ? [row.At] : (string[])[], .. row.Values.Zip(figure.Table.Columns, (value, column) => value is { } known ? column.Measure.Text(known.Value) : "")]))));

    private static XElement Findings(FigureResult figure) => Table(
        ["claim", "traces", "paper", "here", "range", "verdict"],
        figure.ByClaim.SelectMany(claim => claim).Select((finding, i) => (string[])[
            i > 0 && figure.Findings[i - 1].Claim == finding.Claim ? "" : finding.Claim.Text,
            finding.Group,
            finding.PaperText,
            finding.Claim.Measure.Text(finding.Here.Value),
            Range(finding.Here, finding.Claim.Measure),
            FigureResult.Words(finding.Verdict)]));

    private static string Range(Estimate value, Measure measure) => value.HasRange ? $"{measure.Text(value.Low)} to {measure.Text(value.High)}" : "";

    private static XElement Table(IReadOnlyList<string> headers, IEnumerable<string[]> rows)
        => ReportTables.Table("", headers, rows.Select(row => new XElement("tr", row.Select(ReportTables.Cell))));
}
