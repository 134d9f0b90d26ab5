using System.Text;

namespace Squelch.Lab;

/// <summary>The first lines of a file, cut into fields: what a layout is found by.</summary>
internal sealed class KeySample
{
    private const int MostRows = 1000;

    /// <summary>As many lines in a hundred must have the same number of fields, so that what separates them does.</summary>
    private const int AgreeingPercent = 90;

    /// <summary>A line with more fields than as many in a hundred have is a fault.</summary>
    private const int TellingPercent = 10;

    private KeySample(byte separator, byte lineEnd, IReadOnlyList<string[]> rows, string[] comment)
    {
        (Separator, LineEnd, Rows, Comment) = (separator, lineEnd, rows, comment);
        Fields = rows.GroupBy(row => row.Length).Where(group => group.Count() * 100 >= rows.Count * TellingPercent).Select(group => group.Key).DefaultIfEmpty().Max();
    }

    /// <summary>What separates fields; 0 where nothing does.</summary>
    public byte Separator { get; }

    /// <summary>What ends lines.</summary>
    public byte LineEnd { get; }

    /// <summary>The first lines that are no comments and not empty; an empty field at the end is none.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>The fields of the comment right before the first row, which may be its header; none where there is no such.</summary>
    public string[] Comment { get; }

    /// <summary>The most fields of a row, but for rows that hardly any other is like.</summary>
    public int Fields { get; }

    /// <summary>True for several rows between separators, with a column of numbers.</summary>
    public bool IsTableOfNumbers
        => Separator is not (0 or (byte)' ') && Rows.Count > 1 && Rows.All(row => row.Length == Fields) && Enumerable.Range(0, Fields).Any(column => new KeyColumnStats(Rows.Skip(1), column).AreNumbers);

    /// <summary>True for a line that is a comment; the traces of LIRS mark places with a *.</summary>
    public static bool IsComment(ReadOnlySpan<byte> line) => line.Trim(" \t\r\n"u8) is [(byte)'#', ..] or [(byte)'*'];

    /// <summary>True for the line that tells Excel what separates fields: <c>sep=;</c>.</summary>
    public static bool IsSeparatorLine(ReadOnlySpan<byte> line) => line.Trim(" \r\n\""u8) is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', _];

    /// <summary>True where the name says that a file has fields.</summary>
    public static bool IsTable(string name) => KeyTraceReader.IsNamed(name, ".csv") || KeyTraceReader.IsNamed(name, ".tsv");

    /// <summary>Cuts the beginning of a file; null where it is no text.</summary>
    /// <param name="sample">The beginning.</param>
    /// <param name="takesBlanks">True to take spaces for separators also where no column is of numbers.</param>
    public static KeySample? Of(TraceSample sample, bool takesBlanks)
    {
        ReadOnlySpan<byte> head = sample.Head.Span;
        if (!TraceSample.IsText(head))
        {
            return null;
        }

        byte lineEnd = head.Contains((byte)'\n') || !head.Contains((byte)'\r') ? (byte)'\n' : (byte)'\r';
        int end = sample.IsWhole ? head.Length : Math.Max(0, head.LastIndexOf(lineEnd));
        (List<byte[]> lines, byte[] comment) = Lines(head[..end], lineEnd);
        byte separator = SeparatorOf(lines, takesBlanks, IsTable(sample.Name));
        var fields = new LineFields(separator);
        return new(separator, lineEnd, [.. lines.Select(line => Row(line, fields)).Where(row => row.Length > 0)], Row(comment, fields));
    }

    private static (List<byte[]> Lines, byte[] Comment) Lines(ReadOnlySpan<byte> text, byte lineEnd)
    {
        List<byte[]> lines = [];
        byte[] comment = [];
        foreach (Range range in text.Split(lineEnd))
        {
            ReadOnlySpan<byte> line = text[range].Trim(" \r\n"u8);
            if (lines.Count == 0 && IsSeparatorLine(line))
            {
                continue;
            }

            if (IsComment(line))
            {
                comment = lines.Count == 0 ? line.TrimStart(" \t#"u8).ToArray() : comment;
            }
            else if (line.IndexOfAnyExcept(" \t"u8) >= 0)
            {
                lines.Add(line.ToArray());
            }

            if (lines.Count == MostRows)
            {
                break;
            }
        }

        return (lines, comment);
    }

    /// <summary>What cuts most lines into the same number of fields; of several, what cuts them into more.</summary>
    private static byte SeparatorOf(List<byte[]> lines, bool takesBlanks, bool isTable)
    {
        (byte Separator, bool Agrees, int Fields) best = default;
        foreach (byte separator in ",\t;|"u8)
        {
            var fields = new LineFields(separator);
            int[] counts = [.. lines.Select(line => CountOf(line, fields))];
            if (counts.Count(count => count > 1) * 2 < Math.Max(1, counts.Length))
            {
                continue;
            }

            IGrouping<int, int> most = counts.GroupBy(count => count).MaxBy(group => group.Count())!;
            (byte, bool Agrees, int Fields) found = (separator, most.Count() * 100 >= counts.Length * AgreeingPercent, most.Key);
            best = best.Separator == 0 || (found.Agrees, found.Fields).CompareTo((best.Agrees, best.Fields)) > 0 ? found : best;
        }

        if (best.Separator != 0 || (isTable && lines.Any(line => line.Contains((byte)','))))
        {
            return best.Separator != 0 ? best.Separator : (byte)',';
        }

        return AreCutAtBlanks(lines, takesBlanks) ? (byte)' ' : (byte)0;
    }

    /// <summary>Texts have spaces, too: they separate fields where all lines have as many, and a column is of numbers, or a user says so.</summary>
    private static bool AreCutAtBlanks(List<byte[]> lines, bool takesBlanks)
    {
        if (lines.Count == 0)
        {
            return false;
        }

        var blanks = new LineFields((byte)' ');
        string[][] rows = [.. lines.Select(line => Row(line, blanks))];
        int fields = rows[^1].Length;
        return fields > 1 && rows.Count(row => row.Length == fields) * 100 >= rows.Length * AgreeingPercent
            && (takesBlanks || Enumerable.Range(0, fields).Any(column => new KeyColumnStats(rows.Skip(rows.Length > 1 ? 1 : 0), column).AreNumbers));
    }

    private static int CountOf(byte[] line, LineFields fields)
    {
        fields.Split(line);
        return fields.Count;
    }

    private static string[] Row(byte[] line, LineFields fields)
    {
        ReadOnlySpan<byte> bytes = fields.Split(line);
        var row = new string[Math.Min(fields.Count, KeyColumns.MostColumns)];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = Encoding.UTF8.GetString(fields.Field(bytes, i));
        }

        return row;
    }
}
