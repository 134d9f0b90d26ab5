using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>A study as CSV.</summary>
internal static class StudyCsv
{
    /// <summary>A row per replay.</summary>
    public static string OfReplays(StudyResults results)
    {
        PropertyInfo[] columns = typeof(StudyReplay).GetProperties();
        var text = new StringBuilder();
        CsvText.AppendRow(text, columns.Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name)));
        foreach (StudyReplay replay in StudyReplay.Of(results))
        {
            CsvText.AppendRow(text, columns.Select(column => Convert.ToString(column.GetValue(replay), CultureInfo.InvariantCulture) ?? ""));
        }

        return text.ToString();
    }

    /// <summary>A figure's table; of each number its ends too.</summary>
    public static string OfTable(StudyTable table)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, [.. Beginning("traces", table.AtHeader), .. table.Columns.SelectMany(column => (string[])[column.Header, $"{column.Header}, low", $"{column.Header}, high"])]);
        foreach (StudyRow row in table.Rows)
        {
            CsvText.AppendRow(text, [.. Beginning(row.Traces, row.At), .. row.Values.SelectMany(value => value is { } known ? (string[])[Number.Exact(known.Value), Number.Exact(known.Low), Number.Exact(known.High)] : ["", "", ""])]);
        }

        return text.ToString();

        string[] Beginning(string traces, string at) => table.AtHeader.Length > 0 ? [traces, at] : [traces];
    }
}
