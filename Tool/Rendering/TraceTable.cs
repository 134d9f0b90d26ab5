using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What a trace holds.</summary>
internal static class TraceTable
{
    /// <summary>Writes the table, and under it what is to be known of how the trace was read.</summary>
    public static void Write(IAnsiConsole console, Trace trace, TraceInfo info)
    {
        console.WriteTable(Of(trace.Name, trace.Format, info));
        foreach (string note in trace.Notes)
        {
            console.WriteLine(note);
        }
    }

    private static Table Of(string name, string format, TraceInfo info)
    {
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().Title(new TableTitle(Markup.Escape(name)));
        table.AddColumn("what");
        table.AddColumn(new TableColumn("number").RightAligned());
        Row("format", format);
        Row("requests", Number.Count(info.Requests));
        Row("sessions", info.Sessions > 0 ? Number.Count(info.Sessions) : "not told");
        Row("seconds", Number.Tenths(info.DurationSeconds));
        Row("input tokens", Number.Count(info.InputTokens));
        Row("input tokens per request, P50", Number.Count(info.InputP50));
        Row("input tokens per request, P90", Number.Count(info.InputP90));
        Row("input tokens per request, P99", Number.Count(info.InputP99));
        Row("output tokens", info.OutputTokens > 0 ? Number.Count(info.OutputTokens) : "not told");
        Row("tokens per page", Number.Count(info.PageTokens));
        Row("reusable with an endless cache", $"{Number.Percent(info.ReusableShare)} %");
        return table;

        void Row(string what, string number) => table.AddRow(new Text(what), new Text(number));
    }
}
