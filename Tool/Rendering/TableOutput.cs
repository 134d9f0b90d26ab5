using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>
/// The one way out for tables. A person sees them framed. Another program gets plain text: a line per row, columns aligned and at least two blanks
/// apart, a dash for an empty cell, nothing broken or cut; lines that are no rows begin with <c>#</c>.
/// </summary>
internal static class TableOutput
{
    private const string Empty = "-";

    /// <summary>Writes a table.</summary>
    public static void WriteTable(this IAnsiConsole console, Table table)
    {
        if (Terminal.IsWatched(console))
        {
            console.Write(table);
            return;
        }

        Note(console, table.Title);
        string[][] rows =
        [
            .. table.ShowHeaders ? (string[][])[[.. table.Columns.Select(column => Plain(console, column.Header))]] : [],
            .. table.Rows.Select(row => (string[])[.. row.Select(cell => Plain(console, cell))]),
        ];
        bool[] right = [.. table.Columns.Select(column => column.Alignment == Justify.Right)];
        GridOutput.WritePlain(console, rows, column => right[column]);
        Note(console, table.Caption);
    }

    /// <summary>Writes a sentence that belongs to tables.</summary>
    public static void WriteNote(this IAnsiConsole console, string text) => console.WriteLine(Terminal.IsWatched(console) ? text : $"# {text}");

    private static void Note(IAnsiConsole console, TableTitle? title)
    {
        if (title is not null)
        {
            console.Profile.Out.Writer.WriteLine($"# {OneLine(Markup.Remove(title.Text))}");
        }
    }

    private static string Plain(IAnsiConsole console, IRenderable cell)
    {
        string text = OneLine(string.Concat(cell.GetSegments(console).Select(segment => segment.IsLineBreak ? " " : segment.Text)));
        return text.Length == 0 ? Empty : text;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
