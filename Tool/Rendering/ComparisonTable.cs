using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies side by side on one trace at one capacity, the best first.</summary>
internal static class ComparisonTable
{
    /// <summary>Follows the name of the best policy.</summary>
    public const string BestMark = " *";

    /// <summary>The table of outcomes that share trace and capacity.</summary>
    /// <param name="width">The widest that fits.</param>
    /// <param name="outcomes">The rows, in any order.</param>
    public static Table Of(int width, IReadOnlyCollection<ReplayOutcome> outcomes)
    {
        ReplayResult any = outcomes.First().Result;
        IReadOnlyList<ComparisonColumn> columns = ComparisonColumn.Fitting(width, outcomes);
        string hidden = columns.Count == ComparisonColumn.All.Count ? "" : $"; {ComparisonColumn.All.Count - columns.Count} more columns on a wider terminal";
        Table table = new Table()
            .Border(TableBorder.Rounded)
            .Title(new TableTitle(Markup.Escape($"{any.Trace} · {ByteSize.Format(any.CapacityBytes)} · {any.Model} · {Number.Count(any.Requests)} requests")))
            .Caption(Caption(outcomes) + hidden);
        foreach (ComparisonColumn column in columns)
        {
            TableColumn shown = new TableColumn(column.Header).NoWrap();
            table.AddColumn(column.Header is "policy" or "tunables" ? shown : shown.RightAligned());
        }

        double best = outcomes.Where(o => !o.NeedsFuture).Select(o => o.Result.TokenHitRate).DefaultIfEmpty().Max();
        foreach (ReplayOutcome outcome in outcomes.OrderByDescending(o => o.Result.TokenHitRate))
        {
            table.AddRow(Row(columns, outcome, isBest: !outcome.NeedsFuture && outcome.Result.TokenHitRate == best && best > 0));
        }

        return table;
    }

    private static string Caption(IReadOnlyCollection<ReplayOutcome> outcomes)
    {
        string caption = "* best token hit rate";
        if (outcomes.Any(o => o.NeedsFuture))
        {
            caption += "; † knows the future";
        }

        return outcomes.First().Bounds is { } bounds
            ? $"{caption}; LRU {Number.Percent(bounds.Lru)}, offline bound {Number.Percent(bounds.Offline)}, endless cache {Number.Percent(bounds.Endless)}"
            : caption;
    }

    private static IEnumerable<IRenderable> Row(IReadOnlyList<ComparisonColumn> columns, ReplayOutcome outcome, bool isBest)
    {
        Style style = isBest ? new Style(foreground: Color.Green, decoration: Decoration.Bold) : Style.Plain;
        return columns.Select((column, i) => new Text(column.Text(outcome) + (isBest && i == 0 ? BestMark : ""), style));
    }
}
