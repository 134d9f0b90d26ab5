using System.Globalization;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Two files of results side by side.</summary>
internal static class ResultComparison
{
    /// <summary>Writes a row per replay that both hold, the greatest change of token hit rate first, and counts the others.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<SavedResult> before, IReadOnlyList<SavedResult> after)
    {
        Dictionary<ResultKey, SavedResult> known = [];
        foreach (SavedResult result in before)
        {
            known[result.Key] = result;
        }

        (SavedResult Before, SavedResult After)[] both = [.. after.Where(result => known.ContainsKey(result.Key)).Select(result => (known[result.Key], result))];
        if (both.Length > 0)
        {
            console.Write(TableOf(both));
        }

        int onlyBefore = known.Keys.Except(after.Select(result => result.Key)).Count();
        int onlyAfter = after.Count - both.Length;
        int changed = both.Count(pair => pair.Before.TokenHitRate != pair.After.TokenHitRate);
        console.WriteLine($"{both.Length} in both, {changed} with another token hit rate; {onlyBefore} only in the first, {onlyAfter} only in the second.");
    }

    private static Table TableOf((SavedResult Before, SavedResult After)[] both)
    {
        Table table = new Table().Border(TableBorder.Rounded).Caption("changes in points (hit rate, FLOPs), milliseconds and victims");
        table.AddColumn("trace");
        table.AddColumn("policy");
        foreach (string header in (string[])["capacity", "token hit %\nfirst", "token hit %\nsecond", "change", "FLOPs saved\nchange", "TTFT mean\nchange", "victims\nchange"])
        {
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        }

        foreach ((SavedResult left, SavedResult right) in both.OrderByDescending(pair => Math.Abs(pair.After.TokenHitRate - pair.Before.TokenHitRate)))
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
                Signed(right.TtftMeanMs - left.TtftMeanMs),
                (right.Evictions - left.Evictions).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells.Select((cell, i) => new Text(cell, i == 5 ? style : Style.Plain)));
        }

        return table;
    }

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
