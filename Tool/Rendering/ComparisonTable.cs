using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies side by side on one trace at one capacity, the best first.</summary>
internal static class ComparisonTable
{
    /// <summary>The table of outcomes that share trace and capacity.</summary>
    public static IRenderable Of(IReadOnlyCollection<ReplayOutcome> outcomes)
    {
        ReplayResult any = outcomes.First().Result;
        Table table = new Table()
            .Border(TableBorder.Rounded)
            .Title(new TableTitle(Markup.Escape($"{any.Trace} · {ByteSize.Format(any.CapacityBytes)} · {any.Model} · {Number.Count(any.Requests)} requests")))
            .Caption("* best token hit rate");
        table.AddColumn(new TableColumn("policy").NoWrap());
        table.AddColumn(new TableColumn("tunables"));
        foreach (string header in (string[])["token\nhit %", "request\nhit %", "FLOPs\nsaved %", "TTFT ms\nmean", "TTFT ms\nP95", "evictions\nleaf / join", "not\nadmitted", "peak %\nof capacity", "req/s"])
        {
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        }

        double best = outcomes.Max(o => o.Result.TokenHitRate);
        foreach (ReplayOutcome outcome in outcomes.OrderByDescending(o => o.Result.TokenHitRate))
        {
            table.AddRow(Row(outcome, isBest: outcome.Result.TokenHitRate == best && best > 0));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Row(ReplayOutcome outcome, bool isBest)
    {
        ReplayResult result = outcome.Result;
        Style style = isBest ? new Style(foreground: Color.Green, decoration: Decoration.Bold) : Style.Plain;
        string[] cells =
        [
            isBest ? $"{result.Policy} *" : result.Policy,
            TunablesText.Of(outcome),
            Number.Percent(result.TokenHitRate),
            Number.Percent(result.RequestHitRate),
            Number.Percent(result.FlopsSavedShare),
            Number.Tenths(result.Ttft.Mean),
            Number.Tenths(result.Ttft.P95),
            $"{Number.Count(result.LeafEvictions)} / {Number.Count(result.JoinEvictions)}",
            Number.Count(result.NotAdmitted),
            Number.Percent((double)result.PeakBytes / result.CapacityBytes),
            Number.Count(result.RequestsPerSecond),
        ];
        return cells.Select(cell => new Text(cell, style));
    }
}
