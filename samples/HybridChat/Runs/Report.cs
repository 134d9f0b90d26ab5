using System.Globalization;
using System.Text;
using Squelch.Lab;

namespace HybridChat;

/// <summary>What a run prints.</summary>
internal static class Report
{
    private static readonly string[] s_titles = ["policy", "hit %", "replay %", "reused", "computed", "TTFT ms P5", "P50", "P95", "map P50", "P95", "joules", "s", "tuned"];

    /// <summary>A line per policy.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="replays">Replays of the same trace, by row: they model what is measured here.</param>
    /// <param name="isModelled">True where their times are those of a map that was fitted to the model.</param>
    public static string Table(IReadOnlyList<TraceResult> results, IReadOnlyDictionary<PolicyRow, ReplayResult> replays, bool isModelled)
    {
        List<string[]> lines = [s_titles];
        foreach (TraceResult result in results)
        {
            ReplayResult? replay = replays.GetValueOrDefault(result.Row);
            TtftSummary modelled = replay?.Ttft ?? replays.Values.First().TtftWithoutCache;
            lines.Add([
                result.Row.Name,
                Text(100.0 * result.HitTokens / result.PromptTokens, "0.00"),
                replay is null ? "-" : Text(100.0 * replay.HitTokens / result.PromptTokens, "0.00"),
                Text(result.PromptTokens - result.ComputedTokens, "#,0"),
                Text(result.ComputedTokens, "#,0"),
                Text(result.Percentile(0.05), "0.0"),
                Text(result.Percentile(0.50), "0.0"),
                Text(result.Percentile(0.95), "0.0"),
                isModelled ? Text(modelled.P50, "0.0") : "-",
                isModelled ? Text(modelled.P95, "0.0") : "-",
                result.Joules is { } joules ? Text(joules, "0") : "-",
                Text(result.Seconds, "0.0"),
                result.Tuned,
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, s_titles.Length).Select(column => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            text.AppendLine(string.Join("  ", line.Select((cell, column) => column is 0 or 12 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>The median time to the first token by length of the prompt, as bars: without a cache, and under the first policy.</summary>
    public static string Bars(TraceResult cold, TraceResult warm)
    {
        const int Width = 50;
        double most = cold.Requests.Max(request => request.Milliseconds);
        var text = new StringBuilder();
        for (int from = 1; from <= cold.Requests.Max(request => request.Prompt); from *= 2)
        {
            int[] band = [.. Enumerable.Range(0, cold.Requests.Count).Where(i => cold.Requests[i].Prompt >= from && cold.Requests[i].Prompt < 2 * from)];
            foreach (TraceResult result in band.Length == 0 ? [] : (TraceResult[])[cold, warm])
            {
                double median = Quantile.Linear([.. band.Select(i => result.Requests[i].Milliseconds).Order()], 0.5);
                string title = result == cold ? $"{from,4}-{(2 * from) - 1,4} ({band.Length,2})" : "";
                text.AppendLine(CultureInfo.InvariantCulture, $"{title,-14} {result.Row.Name,-13} {new string('█', (int)Math.Ceiling(Width * median / most))} {median:0.0} ms");
            }
        }

        return text.ToString();
    }

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
