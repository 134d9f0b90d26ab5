using System.Globalization;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Two files of results side by side.</summary>
internal static class ResultComparison
{
    /// <summary>Writes a row per replay that both hold, and counts the others.</summary>
    public static void Write(IAnsiConsole console, ComparedResults results)
    {
        if (results.Both.Count > 0)
        {
            console.WriteTable(TableOf(results.Both));
        }

        console.WriteNote($"{results.Both.Count} in both, {results.Changed} with another token hit rate; {results.OnlyBefore.Count} only in the first, {results.OnlyAfter.Count} only in the second.");
    }

    private static Table TableOf(IReadOnlyList<(SavedResult Before, SavedResult After)> both)
    {
        Table table = new Table().Border(TableBorder.Rounded).Caption("changes in points (hit rate, FLOPs, cost), milliseconds and victims");
        table.AddColumn("trace");
        table.AddColumn("policy");
        bool haveCosts = both.Any(pair => double.IsFinite(pair.After.CostSavedShare - pair.Before.CostSavedShare));
        foreach (string header in (string[])["capacity", "token hit %\nfirst", "token hit %\nsecond", "change", "FLOPs saved\nchange", .. haveCosts ? ["cost saved\nchange"] : Array.Empty<string>(), "TTFT mean\nchange", "victims\nchange"])
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
                ByteSize.Format(left.Key.CapacityBytes),
                Number.Percent(left.TokenHitRate),
                Number.Percent(right.TokenHitRate),
                Signed(change * 100),
                Signed((right.FlopsSavedShare - left.FlopsSavedShare) * 100),
                .. haveCosts ? [SignedOrNone((right.CostSavedShare - left.CostSavedShare) * 100)] : Array.Empty<string>(),
                Signed(right.TtftMeanMs - left.TtftMeanMs),
                (right.Evictions - left.Evictions).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells.Select((cell, i) => new Text(cell, i == 5 ? style : Style.Plain)));
        }

        return table;
    }

    private static string SignedOrNone(double value) => double.IsNaN(value) ? "" : Signed(value);

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
