using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What a trace holds.</summary>
internal static class TraceTable
{
    /// <summary>Writes the table, and under it what is to be known of how the trace was read.</summary>
    public static void Write(IAnsiConsole console, Trace trace, TraceInfo info)
    {
        console.WriteTable(Of(trace, info));
        foreach (string note in trace.Notes)
        {
            console.WriteLine(note);
        }
    }

    private static Table Of(Trace trace, TraceInfo info)
    {
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().Title(new TableTitle(Markup.Escape(trace.Name)));
        table.AddColumn("what");
        table.AddColumn(new TableColumn("number").RightAligned());
        Row("format", trace.Format);
        Row("requests", Number.Count(info.Requests));
        Row("sessions", info.Sessions > 0 ? Number.Count(info.Sessions) : "not told");
        Row("seconds", Number.Tenths(info.DurationSeconds));
        if (new TraceTerms(trace) is { IsKeys: true } terms)
        {
            Row("keys", Number.Count(trace.Requests.Select(request => request.Pages.Span[0]).Distinct().Count()));
            Row("bytes", terms.IsKeysAlone ? "a key counts as 1" : Number.Count(info.InputTokens));
            if (!terms.IsKeysAlone)
            {
                Quantiles("bytes", Number.Count, info.InputP50, info.InputP90, info.InputP99);
            }

            if (info.Costs is { } costs)
            {
                Row("cost", Number.ThreeDigits(costs.Total));
                Quantiles("cost", Number.ThreeDigits, costs.P50, costs.P90, costs.P99);
            }

            Row($"{terms.Hit} % with an endless cache", Number.Percent(info.ReusableShare));
            return table;
        }

        Row("input tokens", Number.Count(info.InputTokens));
        Quantiles("input tokens", Number.Count, info.InputP50, info.InputP90, info.InputP99);
        Row("output tokens", info.OutputTokens > 0 ? Number.Count(info.OutputTokens) : "not told");
        Row("tokens per page", Number.Count(info.PageTokens));
        Row("reusable with an endless cache", $"{Number.Percent(info.ReusableShare)} %");
        return table;

        void Quantiles(string what, Func<double, string> text, double p50, double p90, double p99)
        {
            Row($"{what} per request, P50", text(p50));
            Row($"{what} per request, P90", text(p90));
            Row($"{what} per request, P99", text(p99));
        }

        void Row(string what, string number) => table.AddRow(new Text(what), new Text(number));
    }
}
