using System.Globalization;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Two files of results side by side.</summary>
internal static class ResultComparison
{
    private const double Percent = 100;

    /// <summary>Writes what changed in a sentence, a row per replay that both hold, and how many the others are.</summary>
    public static void Write(IAnsiConsole console, ComparedResults results)
    {
        console.WriteNote(Answer(results));
        if (results.ReadInTwoWays is { Count: > 0 } traces)
        {
            console.WriteNote($"The partial last blocks of {string.Join(", ", traces)} are read in another way in each file (--partial-blocks): hit rates differ by that, too.");
        }

        console.WriteLine();
        foreach (var alike in results.Both.GroupBy(pair => (pair.After.Terms.IsKeys, pair.After.Terms.Hit)))
        {
            console.WriteTable(TableOf([.. alike], alike.First().After.Terms));
        }

        console.WriteNote($"{results.Both.Count} in both, {results.Changed} with another hit rate; {results.OnlyBefore.Count} only in the first, {results.OnlyAfter.Count} only in the second.");
    }

    private static string Answer(ComparedResults results)
    {
        if (results.Both.Count == 0)
        {
            return "The files have no replay in common: they differ in traces, policies, models or capacities.";
        }

        if (results.Changed == 0)
        {
            return results.Both.Count == 1 ? "The replay in both has the same hit rate." : $"All {Number.Count(results.Both.Count)} replays in both have the same hit rates.";
        }

        (SavedResult before, SavedResult after) = results.Both[0];
        return $"The hit rate changed in {Number.Count(results.Changed)} of {Number.Counted(results.Both.Count, "replay")}, at most by {Signed((after.TokenHitRate - before.TokenHitRate) * Percent)} points: {after.Key.Policy} on {after.Key.Trace} at {after.Terms.Capacity(after.Key.CapacityBytes)}.";
    }

    private static Table TableOf(IReadOnlyList<(SavedResult Before, SavedResult After)> both, TraceTerms terms)
    {
        Table table = new Table().Border(TableBorder.Rounded).Caption(terms.IsKeys ? "changes in points (hit rates, cost) and keys" : "changes in points (hit rate, FLOPs), milliseconds and victims");
        table.AddColumn("trace");
        table.AddColumn("policy");
        bool haveCosts = both.Any(pair => double.IsFinite(pair.After.CostSavedShare - pair.Before.CostSavedShare));
        string[] changes =
        [
            .. terms.IsKeysAlone ? Array.Empty<string>() : terms.IsKeys ? ["request hit %\nchange"] : ["FLOPs saved\nchange", "TTFT mean\nchange"],
            .. haveCosts ? ["cost saved\nchange"] : Array.Empty<string>(),
        ];
        foreach (string header in (string[])["capacity", $"{terms.Hit} %\nfirst", $"{terms.Hit} %\nsecond", "change", .. changes, terms.IsKeys ? "keys evicted\nchange" : "victims\nchange"])
        {
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        }

        foreach ((SavedResult left, SavedResult right) in both)
        {
            double change = right.TokenHitRate - left.TokenHitRate;
            var style = new Style(change > 0 ? Color.Green : change < 0 ? Color.Red : Color.Default);
            string[] cells =
            [
                left.Key.Trace,
                left.Key.Policy,
                terms.Capacity(left.Key.CapacityBytes),
                Number.Percent(left.TokenHitRate),
                Number.Percent(right.TokenHitRate),
                Signed(change * Percent),
                .. Changes(left, right, terms),
                .. haveCosts ? [SignedOrNone((right.CostSavedShare - left.CostSavedShare) * Percent)] : Array.Empty<string>(),
                (right.Evictions - left.Evictions).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells.Select((cell, i) => new Text(cell, i == 5 ? style : Style.Plain)));
        }

        return table;
    }

    private static string[] Changes(SavedResult left, SavedResult right, TraceTerms terms)
        => terms.IsKeysAlone ? []
            : terms.IsKeys ? [Signed((right.RequestHitRate - left.RequestHitRate) * Percent)]
            : [Signed((right.FlopsSavedShare - left.FlopsSavedShare) * Percent), Signed(right.TtftMeanMs - left.TtftMeanMs)];

    private static string SignedOrNone(double value) => double.IsNaN(value) ? "" : Signed(value);

    private static string Signed(double value) => Number.Points(value);
}
