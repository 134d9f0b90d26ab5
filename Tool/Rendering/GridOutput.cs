using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Rows of text in aligned columns without a frame.</summary>
internal static class GridOutput
{
    private const string Gap = "  ";

    /// <summary>For a person: long cells are broken where the console ends.</summary>
    public static Grid Of(IReadOnlyList<string[]> rows, params string[] headers)
    {
        var grid = new Grid();
        foreach (string _ in rows[0])
        {
            grid.AddColumn(new GridColumn().PadRight(3));
        }

        if (headers.Length > 0)
        {
            grid.AddRow([.. headers.Select(header => new Text(header, new Style(decoration: Decoration.Dim)))]);
        }

        foreach (string[] row in rows)
        {
            grid.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        return grid;
    }

    /// <summary>For another program: a line per row, columns at least two blanks apart.</summary>
    /// <param name="console">Where no person watches.</param>
    /// <param name="rows">Of equal length.</param>
    /// <param name="isRight">Which columns hold numbers; none where this is null.</param>
    /// <param name="indent">Begins each line.</param>
    public static void WritePlain(IAnsiConsole console, IReadOnlyList<string[]> rows, Func<int, bool>? isRight = null, string indent = "")
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => isRight?.Invoke(i) == true ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            console.Profile.Out.Writer.WriteLine((indent + string.Join(Gap, cells)).TrimEnd());
        }
    }
}
