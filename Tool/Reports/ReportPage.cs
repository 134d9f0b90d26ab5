using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The report: one page that opens offline and without scripts.</summary>
internal static class ReportPage
{
    /// <summary>The text of the page.</summary>
    /// <param name="outcomes">With profiles.</param>
    /// <param name="model">The model that gave bytes and FLOPs.</param>
    public static string Of(IReadOnlyList<ReplayOutcome> outcomes, ModelShape model)
    {
        IReadOnlyList<TraceOutcomes> traces = TraceOutcomes.Of(outcomes);
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", "Squelch: policies compared"),
                new XElement("style", Palette.StyleSheet() + Style())),
            new XElement(
                "body",
                new XElement("h1", "Which policy keeps more?"),
                new XElement("p", Lead(traces, model)),
                new XElement("h3", "Over all traces"),
                ReportTables.Summary(traces),
                HowToRead(),
                new XElement("nav", new XElement("h3", "Traces"), new XElement("ul", traces.Select((trace, i) => new XElement("li", new XElement("a", new XAttribute("href", $"#t{i}"), trace.Trace.Name))))),
                new XElement("main", traces.Select(Section))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string Style()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Lead(IReadOnlyList<TraceOutcomes> traces, ModelShape model)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{traces.Sum(trace => (long)trace.Trace.Requests.Count):N0} requests of {traces.Count} {(traces.Count == 1 ? "trace" : "traces")} were replayed under {traces[0].Policies.Count} policies at {string.Join(", ", traces[0].Capacities.Select(ByteSize.Format))}, with the bytes and FLOPs of {model.Name}.");

    private static XElement HowToRead() => new(
        "details",
        new XElement("summary", "How to read this page"),
        new XElement("p", "The token hit rate is the share of input tokens whose prefill was skipped. The offline bound is the better of two rules that know the future: Belady for prefix trees (the farthest next use as a checkpoint goes) and a greedy that weighs FLOPs per byte and time of waiting. Neither is proven optimal, so a policy may pass 100 %. The endless cache is LRU with room for everything: no policy with the same admission exceeds it. † marks policies that know the future."),
        new XElement("p", $"Ranges come from a bootstrap: {Resampling.Draws:N0} times the trace's sessions (where it has none, groups of 100 requests) are drawn anew with replacement. They tell how far the number would move with other sessions of the same kind; a difference from LRU compares the same sessions on both sides, so it is surer than two separate ranges look."),
        new XElement("p", $"Times to first token are maps from tokens left to prefill, not measurements. Paper: {TtftMap.Paper.Meaning}. Floored: {TtftMap.Floored.Meaning}."));

    private static XElement Section(TraceOutcomes trace, int number)
    {
        TraceInfo info = TraceInfo.Of(trace.Trace);
        string sessions = info.Sessions > 0 ? $" in {Number.Count(info.Sessions)} sessions" : "";
        return new(
            "section",
            new XElement("h2", new XAttribute("id", $"t{number}"), trace.Trace.Name),
            new XElement("p", $"{Number.Count(info.Requests)} requests{sessions} over {Number.Count(info.DurationSeconds)} seconds, {Number.Count(info.InputTokens)} input tokens; half of the inputs have at most {Number.Count(info.InputP50)} tokens, 99 % at most {Number.Count(info.InputP99)}."),
            trace.Drawn.Count < trace.Policies.Count
                ? new XElement("p", new XAttribute("class", "note"), $"Lines are drawn for LRU and the {trace.Drawn.Count - 1} best of the other policies at {ByteSize.Format(trace.Focus)}; bars and tables have all {trace.Policies.Count}.")
                : null,
            Charts(ReportCharts.OfTrace(trace)),
            trace.Capacities.Select(capacity => new XElement(
                "details",
                capacity == trace.Focus ? new XAttribute("open", "open") : null,
                new XElement("summary", $"Table at {ByteSize.Format(capacity)}"),
                ReportTables.Policies(trace.At(capacity)))),
            new XElement(
                "details",
                new XElement("summary", $"What was evicted and why, and what was kept, at {ByteSize.Format(trace.Focus)}"),
                trace.DrawnAt(trace.Focus).Select(outcome => new XElement(
                    "details",
                    new XElement("summary", outcome.Result.Policy),
                    new XElement("p", new XAttribute("class", "note"), string.Join("; ", outcome.Cell.Policy.Policy.Descriptor.Formula)),
                    Charts(ReportCharts.OfReplay(outcome))))));
    }

    private static XElement Charts(IEnumerable<Chart> charts)
        => new("div", new XAttribute("class", "charts"), charts.Select(chart => new XElement("figure", SvgCanvas.Inline(chart))));
}
