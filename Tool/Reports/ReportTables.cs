using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    /// <summary>All policies over all traces: the share of the way from LRU to the bound, and how often a policy is surely better or worse than LRU.</summary>
    public static XElement Summary(IReadOnlyList<TraceOutcomes> traces)
    {
        PolicySettings[] policies = [.. traces.SelectMany(trace => trace.Policies).Distinct()];
        var rows = policies.Select(policy =>
        {
            ReplayOutcome[] all = [.. traces.SelectMany(trace => trace.All).Where(outcome => outcome.Cell.Policy == policy)];
            double?[] shares = [.. traces.Select(trace => all.First(outcome => outcome.Cell.Trace == trace.Trace && outcome.Cell.CapacityBytes == trace.Focus).ShareOfWay)];
            return (Policy: policy.Policy.Descriptor, All: all, Shares: shares, Middle: Median(shares));
        });
        return Table(
            "Share of the way from LRU (0 %) to the offline bound (100 %) in token hit rate, at the capacity of each trace where the way is longest; blank where there is nothing to gain. "
            + "Better and worse than LRU: how many traces and capacities show a gain or a loss whose 95 % range leaves out zero.",
            ["policy", "median", "better", "worse", .. traces.Select(trace => $"{trace.Trace.Name.Replace('_', ' ')} {ByteSize.Format(trace.Focus)}")],
            rows.OrderByDescending(row => row.Middle ?? double.NegativeInfinity).Select(row => Row(
                null,
                [
                    Cell(Name(row.Policy)),
                    Share(row.Middle),
                    Cell(Number.Count(row.All.Count(outcome => outcome.GainOverLru is { Low: > 0 }))),
                    Cell(Number.Count(row.All.Count(outcome => outcome.GainOverLru is { High: < 0 }))),
                    .. row.Shares.Select(Share),
                ])));
    }

    /// <summary>The policies on one trace at one capacity, the best first.</summary>
    public static XElement Policies(IReadOnlyList<ReplayOutcome> outcomes)
    {
        double best = outcomes.Where(outcome => !outcome.NeedsFuture).Select(outcome => outcome.Result.TokenHitRate).DefaultIfEmpty().Max();
        Bounds? bounds = outcomes[0].Bounds;
        string caption = bounds is null
            ? "Ranges hold with a confidence of 95 %."
            : $"LRU {Number.Percent(bounds.Lru)} %, offline bound {Number.Percent(bounds.Offline)} %, endless cache {Number.Percent(bounds.Endless)} %. Ranges hold with a confidence of 95 %.";
        return Table(
            caption,
            ["policy", "tunables", "token hit %", "range", "over LRU, points", "way to bound %", "request hit %", "FLOPs saved %", "TTFT mean ms", "TTFT P95 ms", "floored P95 ms", "leaves", "joins", "not admitted"],
            outcomes.OrderByDescending(outcome => outcome.Result.TokenHitRate).Select(outcome => Row(
                !outcome.NeedsFuture && outcome.Result.TokenHitRate == best ? "best" : null,
                [
                    Cell(Name(outcome.Cell.Policy.Policy.Descriptor)),
                    Cell(TunablesText.Of(outcome)),
                    Cell(Number.Percent(outcome.Result.TokenHitRate)),
                    Cell(outcome.HitRate is { } range ? $"{Number.Percent(range.Low)} to {Number.Percent(range.High)}" : ""),
                    Cell(outcome.GainOverLru is { } gain ? $"{Signed(gain.Low)} to {Signed(gain.High)}" : ""),
                    Share(outcome.ShareOfWay),
                    Cell(Number.Percent(outcome.Result.RequestHitRate)),
                    Cell(Number.Percent(outcome.Result.FlopsSavedShare)),
                    Cell(Number.Tenths(outcome.Result.Ttft.Mean)),
                    Cell(Number.Tenths(outcome.Result.Ttft.P95)),
                    Cell(Number.Tenths(outcome.Result.TtftFloored.P95)),
                    Cell(Number.Count(outcome.Result.LeafEvictions)),
                    Cell(Number.Count(outcome.Result.JoinEvictions)),
                    Cell(Number.Count(outcome.Result.NotAdmitted)),
                ])));
    }

    private static XElement Table(string caption, IReadOnlyList<string> headers, IEnumerable<XElement> rows)
        => new(
            "div",
            new XAttribute("class", "scroll"),
            new XAttribute("tabindex", "0"),
            new XElement(
                "table",
                new XElement("caption", new XElement("span", caption)),
                new XElement("thead", new XElement("tr", headers.Select(header => new XElement("th", new XAttribute("scope", "col"), header)))),
                new XElement("tbody", rows)));

    private static double? Median(IEnumerable<double?> shares)
    {
        double[] known = [.. shares.OfType<double>().Order()];
        return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }

    private static XElement Row(string? style, IEnumerable<XElement> cells) => new("tr", style is null ? null : new XAttribute("class", style), cells);

    private static XElement Cell(string text) => new("td", text);

    private static XElement Share(double? share)
    {
        XElement cell = Cell(share is { } value ? Number.WholePercent(value) : "");
        if (share is { } known)
        {
            cell.Add(
                new XAttribute("class", known < 0 ? "loss" : "heat"),
                new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"--h:{Math.Min(1, Math.Abs(known)):0.##}")));
        }

        return cell;
    }

    private static string Name(PolicyDescriptor policy) => policy.Name + (policy.NeedsFuture ? ComparisonColumn.OfflineMark : "");

    private static string Signed(double share) => (share * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
