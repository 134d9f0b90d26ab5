using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The report: one page that opens offline and without scripts.</summary>
internal static class ReportPage
{
    /// <summary>The text of the page.</summary>
    /// <param name="outcomes">With profiles.</param>
    /// <param name="provenance">Where they come from.</param>
    public static string Of(IReadOnlyList<ReplayOutcome> outcomes, Provenance provenance)
    {
        IReadOnlyList<TraceOutcomes> traces = TraceOutcomes.Of(outcomes);
        bool isOne = traces.Count == 1;
        return HtmlPage.Of(
            isOne ? traces[0].Trace.Name : "policies compared",
            provenance,
            traces.Zip(provenance.Traces, About),
            new XElement("h1", isOne ? $"Which policy keeps more of {traces[0].Trace.Name}?" : "Which policy keeps more?"),
            traces.Select(trace => Answer(trace, isNamed: !isOne)),
            new XElement("p", new XAttribute("class", "note"), Lead(traces)),
            HowToRead(traces),
            isOne ? null : OverAllTraces(traces),
            new XElement("main", traces.Select(Section)));
    }

    private static string About(TraceOutcomes trace, TraceFile file)
    {
        string hash = file.Sha256 is { } digits ? $"SHA-256 {digits}…" : "no SHA-256: it can be read only once";
        string model = trace.Terms.IsKeys ? "keys" : $"model {trace.All[0].Result.Model}";
        return $"{file.Name}, {hash}, {Number.Counted(trace.Trace.Requests.Count, "request")}, {model}";
    }

    private static XElement Answer(TraceOutcomes trace, bool isNamed)
        => new(
            "p",
            new XAttribute("class", "answer"),
            isNamed ? new XElement("b", $"{trace.Trace.Name}: ") : null,
            string.Join(' ', ReplayAnswer.Of(trace.All)).Replace(" %", "\u00a0%", StringComparison.Ordinal));

    private static string Lead(IReadOnlyList<TraceOutcomes> traces)
    {
        string models = string.Join(", ", traces.Where(trace => !trace.Terms.IsKeys).Select(trace => trace.All[0].Result.Model).Distinct());
        int policies = traces[0].Policies.Sum(equal => equal.Policies.Count);
        long requests = traces.Sum(trace => (long)trace.Trace.Requests.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Number.Counted(requests, "request")} of {Number.Counted(traces.Count, "trace")} {(requests == 1 ? "was" : "were")} replayed under {policies} {(policies == 1 ? "policy" : "policies")} at {string.Join(", ", traces[0].Capacities.Select(traces[0].Terms.Capacity))}{(models.Length == 0 ? "" : $", with the bytes and FLOPs of {models}")}.");
    }

    private static XElement HowToRead(IReadOnlyList<TraceOutcomes> traces) => new(
        "details",
        new XElement("summary", "How to read this page"),
        traces.All(trace => trace.Terms.IsKeys)
            ? new XElement("p", "A request hits where its key is held. The hit rate is the share of requests that hit; the byte hit rate weighs each request by the size of its key.")
            : new XElement("p", "The token hit rate is the share of input tokens whose prefill was skipped."),
        new XElement("p", "The upper bound is proven: no policy of the same admission, whatever it evicts, exceeds it. The best offline rule is the best of some rules that know the future, with the same admission: what a rule does can be done, so the truth lies between the two. The endless cache is LRU with room for everything. † marks policies that know the future."),
        new XElement("p", "Policies with the same hits at every capacity are told once, as in Lru (= SglangPlus); numbers beside the hits are those of the first."),
        new XElement("p", $"Ranges come from a bootstrap: {Resampling.Draws:N0} times the trace's sessions (where it has none, groups of 100 requests) are drawn anew with replacement. They tell how far the difference from LRU would move with other sessions of the same kind: both sides have the same sessions and the same load. A hit rate alone has no range, since it moves with the load of other sessions more than drawing can tell. A range is that of one policy: the best of many looks a little better than it is."),
        traces.All(trace => trace.Terms.IsKeys)
            ? null
            : new XElement("p", $"Times to first token are maps from tokens left to prefill, not measurements. Paper: {TtftMap.Paper.Meaning}. Floored: {TtftMap.Floored.Meaning}. Prefills of over {Number.Count(TtftMap.ProfiledTokens)} tokens were not measured: their times are extrapolated."));

    private static IEnumerable<XElement> OverAllTraces(IReadOnlyList<TraceOutcomes> traces) =>
    [
        new("h2", "Over all traces"),
        .. ReportTables.Summary(traces),
        new("nav", new XElement("h3", "Traces"), new XElement("ul", traces.Select((trace, i) => new XElement("li", new XElement("a", new XAttribute("href", $"#t{i}"), trace.Trace.Name))))),
    ];

    private static XElement Section(TraceOutcomes trace, int number)
        => new(
            "section",
            new XElement("h2", new XAttribute("id", $"t{number}"), trace.Trace.Name),
            new XElement("p", About(trace)),
            trace.Drawn.Count < trace.Policies.Count
                ? new XElement("p", new XAttribute("class", "note"), $"{trace.Drawn.Count} of {trace.Policies.Count} lines are drawn: LRU, Marconi, your own policies, and those that are best at some capacity. Equal policies are one line. Bars and tables have all.")
                : null,
            Charts(ReportCharts.OfTrace(trace)),
            trace.Capacities.Select(capacity => new XElement(
                "details",
                capacity == trace.Focus ? new XAttribute("open", "open") : null,
                new XElement("summary", $"Table at {trace.Terms.Capacity(capacity)}"),
                ReportTables.Policies(trace, capacity))),
            new XElement(
                "details",
                new XElement("summary", $"What was evicted and why, and what was kept, at {trace.Terms.Capacity(trace.Focus)}"),
                trace.Explained.Select(policy => new XElement(
                    "details",
                    new XElement("summary", policy.Policy.Descriptor.Name),
                    new XElement("p", new XAttribute("class", "note"), string.Join("; ", policy.Policy.Descriptor.Formula)),
                    Charts(ReplayCharts.Of(trace, policy))))));

    private static string About(TraceOutcomes trace)
    {
        TraceInfo info = TraceInfo.Of(trace.Trace);
        if (trace.Terms.IsKeys)
        {
            int keys = trace.Trace.Requests.Select(request => request.Pages.Span[0]).Distinct().Count();
            string bytes = trace.Terms.IsKeysAlone ? "" : $", {Number.Count(info.InputTokens)} bytes; half of the requests are for at most {Number.Count(info.InputP50)} bytes, 99 % for at most {Number.Count(info.InputP99)}";
            return $"{Number.Counted(info.Requests, "request")} for {Number.Counted(keys, "key")} over {Number.Count(info.DurationSeconds)} seconds{bytes}.";
        }

        string sessions = info.Sessions > 0 ? $" in {Number.Counted(info.Sessions, "session")}" : "";
        return $"{Number.Counted(info.Requests, "request")}{sessions} over {Number.Count(info.DurationSeconds)} seconds, {Number.Count(info.InputTokens)} input tokens; half of the inputs have at most {Number.Count(info.InputP50)} tokens, 99 % at most {Number.Count(info.InputP99)}. {trace.Trace.PartialBlocks}".TrimEnd();
    }

    private static XElement Charts(IEnumerable<Chart> charts)
        => new("div", new XAttribute("class", "charts"), charts.Select(chart => new XElement("figure", SvgCanvas.Inline(chart))));
}
