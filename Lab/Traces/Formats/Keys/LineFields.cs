namespace Squelch.Lab;

/// <summary>
/// The fields of a line between separators. A field in quotation marks may hold separators, and "" for a quotation mark (RFC 4180). Spaces around a
/// field are not part of it; where spaces separate, so do any number of them, and tabs. Nothing is allocated once the longest line was seen.
/// </summary>
/// <param name="separator">A comma, a tab, a semicolon, a bar or a space; 0 where a line is one field.</param>
internal sealed class LineFields(byte separator)
{
    private readonly (int Start, int Length)[] _fields = new (int, int)[KeyColumns.MostColumns];
    private byte[] _unquoted = [];

    /// <summary>How many there are, without empty ones at the end.</summary>
    public int Count { get; private set; }

    /// <summary>How many there are, with empty ones at the end.</summary>
    public int Separated { get; private set; }

    /// <summary>False where a quotation mark is not closed, or something follows a closed one.</summary>
    public bool AreQuotesClosed { get; private set; }

    /// <summary>Cuts a line. Returns the bytes that <see cref="Field"/> takes its part of.</summary>
    public ReadOnlySpan<byte> Split(ReadOnlySpan<byte> line)
    {
        Count = 0;
        AreQuotesClosed = true;
        line = separator == (byte)' ' ? line.Trim(" \t\r\n"u8) : line.TrimEnd("\r\n"u8);
        if (line.Contains((byte)'"'))
        {
            line = Unquote(line);
        }
        else if (separator == (byte)' ')
        {
            CutAtBlanks(line);
        }
        else
        {
            Cut(line);
        }

        Separated = Count;

        // Empty fields at the end, as of a trailing separator, say nothing.
        while (Count > 0 && Count <= _fields.Length && _fields[Count - 1].Length == 0)
        {
            Count--;
        }

        return line;
    }

    /// <summary>A field of the bytes that <see cref="Split"/> returned; empty where the line has no such.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> bytes, int index)
        => index < Count && index < _fields.Length ? bytes.Slice(_fields[index].Start, _fields[index].Length) : [];

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t';

    private void Cut(ReadOnlySpan<byte> line)
    {
        int start = 0;
        while (true)
        {
            int length = separator == 0 ? -1 : line[start..].IndexOf(separator);
            AddTrimmed(line, start, length < 0 ? line.Length - start : length);
            if (length < 0)
            {
                return;
            }

            start += length + 1;
        }
    }

    private void CutAtBlanks(ReadOnlySpan<byte> line)
    {
        int start = 0;
        while (start < line.Length)
        {
            int length = line[start..].IndexOfAny((byte)' ', (byte)'\t');
            length = length < 0 ? line.Length - start : length;
            Add(start, length);
            start += length;
            while (start < line.Length && IsBlank(line[start]))
            {
                start++;
            }
        }
    }

    /// <summary>Cuts a line with quotation marks, of which it makes a copy without them.</summary>
    private ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> line)
    {
        if (_unquoted.Length < line.Length)
        {
            _unquoted = new byte[Math.Max(line.Length, _unquoted.Length * 2)];
        }

        int at = 0;
        int filled = 0;
        while (true)
        {
            while (at < line.Length && (separator == (byte)' ' ? IsBlank(line[at]) : IsBlank(line[at]) && line[at] != separator))
            {
                at++;
            }

            int start = filled;
            bool quoted = at < line.Length && line[at] == (byte)'"';
            filled = quoted ? CopyQuoted(line, ref at, filled) : CopyPlain(line, ref at, filled);
            Add(start, quoted ? filled - start : _unquoted.AsSpan(start, filled - start).TrimEnd(" \t"u8).Length);
            if (at >= line.Length)
            {
                return _unquoted;
            }

            at++;
        }
    }

    private int CopyPlain(ReadOnlySpan<byte> line, ref int at, int filled)
    {
        int length = separator == 0 ? -1 : separator == (byte)' ' ? line[at..].IndexOfAny((byte)' ', (byte)'\t') : line[at..].IndexOf(separator);
        length = length < 0 ? line.Length - at : length;
        line.Slice(at, length).CopyTo(_unquoted.AsSpan(filled));
        at += length;
        return filled + length;
    }

    private int CopyQuoted(ReadOnlySpan<byte> line, ref int at, int filled)
    {
        at++;
        while (true)
        {
            int length = line[at..].IndexOf((byte)'"');
            AreQuotesClosed &= length >= 0;
            length = length < 0 ? line.Length - at : length;
            line.Slice(at, length).CopyTo(_unquoted.AsSpan(filled));
            (at, filled) = (at + length + 1, filled + length);
            if (at >= line.Length || line[at] != (byte)'"')
            {
                break;
            }

            _unquoted[filled++] = line[at++];
        }

        // Up to the separator nothing may follow but space.
        while (at < line.Length && line[at] != separator && !(separator == (byte)' ' && line[at] == (byte)'\t'))
        {
            AreQuotesClosed &= IsBlank(line[at]);
            at++;
        }

        return filled;
    }

    private void AddTrimmed(ReadOnlySpan<byte> line, int start, int length)
    {
        while (length > 0 && IsBlank(line[start]))
        {
            start++;
            length--;
        }

        while (length > 0 && IsBlank(line[start + length - 1]))
        {
            length--;
        }

        Add(start, length);
    }

    private void Add(int start, int length)
    {
        if (Count < _fields.Length)
        {
            _fields[Count] = (start, length);
        }

        Count++;
    }
}
