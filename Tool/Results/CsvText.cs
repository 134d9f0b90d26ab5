using System.Text;

namespace Squelch.Tool;

/// <summary>Rows of CSV.</summary>
internal static class CsvText
{
    /// <summary>Adds a row.</summary>
    public static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
