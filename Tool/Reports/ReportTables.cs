using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The tables of a report. One with many rows shows the best and those always shown, says how many it leaves out, and has all of them in a fold.</summary>
internal static class ReportTables
{
    /// <summary>Tables with more columns are wider than most windows.</summary>
    private const int ColumnsOfADesk = 12;

    /// <summary>All policies over all traces: the share of the way from LRU to the best offline rule, and how often a policy is surely better or worse than LRU.</summary>
    public static IEnumerable<XElement> Summary(IReadOnlyList<TraceOutcomes> traces)
    {
        var rows = EqualPolicies.Of(traces.SelectMany(trace => trace.All)).Select(equal =>
        {
            ReplayOutcome[] all = [.. traces.SelectMany(trace => trace.All).Where(outcome => outcome.Cell.Policy == equal.First)];
            double?[] shares = [.. traces.Select(trace => all.First(outcome => outcome.Cell.Trace == trace.Trace && outcome.Cell.CapacityBytes == trace.Focus).ShareOfWayToRule)];
            return (Equal: equal, All: all, Shares: shares, Middle: Median(shares));
        });
        return Tables(
            "Share of the way from LRU (0 %) to the best offline rule (100 %) in hit rate, at the capacity of each trace where the way is longest; blank where there is nothing to gain. "
            + "Better and worse than LRU: how many traces and capacities show a gain or a loss whose 95 % range leaves out zero.",
            ["policy", "median", "better", "worse", .. traces.Select(trace => $"{trace.Trace.Name.Replace('_', ' ')} {trace.Terms.Capacity(trace.Focus)}")],
            [.. rows.OrderByDescending(row => row.Middle ?? double.NegativeInfinity).Select(row => new TableRow(row.Equal, [
                NameCell(row.Equal),
                Share(row.Middle),
                Cell(Number.Count(row.All.Count(outcome => outcome.GainOverLru is { Low: > 0 }))),
                Cell(Number.Count(row.All.Count(outcome => outcome.GainOverLru is { High: < 0 }))),
                .. row.Shares.Select(Share),
            ]))]);
    }

    /// <summary>The policies on one trace at one capacity, the best first.</summary>
    public static IEnumerable<XElement> Policies(TraceOutcomes trace, long capacity)
    {
        var rows = trace.Policies
            .Select(equal => (Equal: equal, Outcome: trace.OutcomeOf(equal, capacity)))
            .OrderByDescending(row => row.Outcome.Result.HitTokens)
            .ToArray();
        long best = rows.Where(row => !row.Equal.NeedsFuture).Select(row => row.Outcome.Result.HitTokens).DefaultIfEmpty().Max();
        ReportColumn[] columns = [.. ReportColumn.Of(trace.Terms).Where(column => rows.Any(row => column.Cell(row.Outcome).Value.Length > 0))];
        Bounds? bounds = rows[0].Outcome.Bounds;
        string caption = bounds is null
            ? ""
            : $"LRU {Number.Percent(bounds.Lru)} %, best offline rule {Number.Percent(bounds.BestOfflineRule)} % ({bounds.BestOfflineRuleName}), upper bound (proven) {Number.Percent(bounds.UpperBound)} % of this admission and {Number.Percent(bounds.UpperBoundOfAnyAdmission)} % of any, endless cache {Number.Percent(bounds.Endless)} %. ";
        return Tables(
            caption + "Ranges hold with a confidence of 95 %.",
            ["policy", .. columns.Select(column => column.Header)],
            [.. rows.Select(row => new TableRow(row.Equal, [NameCell(row.Equal), .. columns.Select(column => column.Cell(row.Outcome))])
            {
                IsBest = !row.Equal.NeedsFuture && row.Outcome.Result.HitTokens == best && best > 0,
            })],
            trace.Terms.BestByRequests(rows));
    }

    /// <summary>A cell that is coloured by how far it is from LRU to the best offline rule.</summary>
    public static XElement Share(double? share)
    {
        XElement cell = Cell(share is { } value ? value.ToString("0 %;-0 %;0 %", CultureInfo.InvariantCulture) : "");
        if (share is { } known)
        {
            cell.Add(
                new XAttribute("class", known < 0 ? "loss" : "heat"),
                new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"--h:{Math.Min(1, Math.Abs(known)):0.##}")));
        }

        return cell;
    }

    /// <summary>A cell of text.</summary>
    public static XElement Cell(string text) => new("td", text);

    /// <summary>A table that scrolls sideways where the window is narrow.</summary>
    /// <param name="caption">Above it; empty for none.</param>
    /// <param name="headers">Of the columns.</param>
    /// <param name="rows">Elements tr.</param>
    public static XElement Table(string caption, IReadOnlyList<string> headers, IEnumerable<XElement> rows)
        => new(
            "div",
            new XAttribute("class", headers.Count > ColumnsOfADesk ? "scroll wide" : "scroll"),
            new XAttribute("tabindex", "0"),
            new XElement("p", new XAttribute("class", "note hint"), $"{headers.Count} columns: scroll sideways for all →"),
            new XElement(
                "table",
                caption.Length > 0 ? new XElement("caption", new XElement("span", caption)) : null,
                new XElement("thead", new XElement("tr", headers.Select(header => new XElement("th", new XAttribute("scope", "col"), header)))),
                new XElement("tbody", rows)));

    private static IEnumerable<XElement> Tables(string caption, IReadOnlyList<string> headers, IReadOnlyList<TableRow> rows, EqualPolicies? named = null)
    {
        IReadOnlySet<EqualPolicies> kept = ShownRows.Ten.Of([.. rows.Select(row => row.Policies)], named);
        if (kept.Count == rows.Count)
        {
            return [Table(caption, headers, rows)];
        }

        return
        [
            Table($"{kept.Count} of {rows.Count} rows: the best ones, and those always shown (LRU, Marconi, your own). {caption}", headers, [.. rows.Where(row => kept.Contains(row.Policies))]),
            new("details", new XElement("summary", $"All {rows.Count} rows"), Table(caption, headers, rows)),
        ];
    }

    private static XElement Table(string caption, IReadOnlyList<string> headers, IEnumerable<TableRow> rows)
        => Table(caption, headers, rows.Select(row => new XElement("tr", row.IsBest ? new XAttribute("class", "best") : null, row.Cells)));

    private static double? Median(IEnumerable<double?> shares)
    {
        double[] known = [.. shares.OfType<double>().Order()];
        return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }

    private static XElement NameCell(EqualPolicies equal)
    {
        string mark = equal.NeedsFuture ? PolicyWords.OfflineMark : "";
        return new("td", equal.FirstName + mark, equal.OtherNames.Length == 0 ? null : new XElement("small", $"= {equal.OtherNames}{mark}"));
    }

    /// <summary>A row of a table.</summary>
    private sealed record TableRow(EqualPolicies Policies, IReadOnlyList<XElement> Cells)
    {
        public bool IsBest { get; init; }
    }
}
