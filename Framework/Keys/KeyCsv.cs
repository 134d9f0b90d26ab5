using System.Buffers.Text;
using System.Text;

namespace Squelch;

/// <summary>Lines of key[,size[,time]]; the key is a whole number of at most 64 bits.</summary>
internal static class KeyCsv
{
    /// <summary>The next request; false at the end.</summary>
    public static bool Next(LineReader lines, out KeyRequest request)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            ReadOnlySpan<byte> text = line.Trim(" \t\r\n"u8);
            bool names = lines.Line.Number == 1 && !text.IsEmpty && !char.IsAsciiDigit((char)text[0]);
            if (!text.IsEmpty && !names)
            {
                request = Parse(text, lines.Line);
                return true;
            }
        }

        request = default;
        return false;
    }

    private static KeyRequest Parse(ReadOnlySpan<byte> text, TraceLine line)
    {
        ReadOnlySpan<byte> key = Field(ref text);
        if (!Utf8Parser.TryParse(key, out ulong number, out int used) || used != key.Length)
        {
            throw Wrong(line, "key", key, "It must be a whole number from 0 to 2^64 - 1: number the keys");
        }

        ReadOnlySpan<byte> size = Field(ref text);
        int bytes = 1;
        if (!size.IsEmpty && (!Utf8Parser.TryParse(size, out bytes, out used) || used != size.Length || bytes < 1))
        {
            throw Wrong(line, "size", size, $"It must be a whole number from 1 to {int.MaxValue} bytes");
        }

        ReadOnlySpan<byte> time = Field(ref text);
        double seconds = 0;
        if (!time.IsEmpty && (!Utf8Parser.TryParse(time, out seconds, out used) || used != time.Length || !double.IsFinite(seconds)))
        {
            throw Wrong(line, "time", time, "It must be a number");
        }

        return text.IsEmpty ? new(number, bytes, seconds) : throw line.Error("it has more than three fields", "A line is key[,size[,time]]");
    }

    private static ReadOnlySpan<byte> Field(ref ReadOnlySpan<byte> rest)
    {
        int comma = rest.IndexOf((byte)',');
        ReadOnlySpan<byte> field = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];
        return field.Trim((byte)' ');
    }

    private static SquelchException Wrong(TraceLine line, string field, ReadOnlySpan<byte> text, string remedy)
        => line.Error($"the {field} is '{Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)])}'", remedy);
}
