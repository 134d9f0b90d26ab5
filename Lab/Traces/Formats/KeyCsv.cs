using System.Buffers.Text;
using System.Text;

namespace Squelch.Lab;

/// <summary>Lines of key[,size[,time]]; the key is a whole number of at most 64 bits, or a text, which stands for its 64-bit hash.</summary>
internal static class KeyCsv
{
    /// <summary>What a first line of one field calls its keys.</summary>
    private static readonly string[] s_names = ["key", "keys", "id", "obj", "obj_id", "object", "object_id", "cache_key"];

    /// <summary>The next request; false at the end.</summary>
    public static bool Next(LineReader lines, out KeyRequest request)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            bool isFirst = lines.Line.Number == 1;
            ReadOnlySpan<byte> text = (isFirst && line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line).Trim(" \t\r\n"u8);
            if (!text.IsEmpty && !(isFirst && IsNames(text)))
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
        if (key.IsEmpty)
        {
            throw line.Error("the key is missing", "A line is key[,size[,time]]");
        }

        if (!Utf8Parser.TryParse(key, out ulong number, out int used) || used != key.Length)
        {
            number = Hash(key);
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

    /// <summary>True where a first line names the fields: its key is no number, and neither is what follows, or it is one of the usual names.</summary>
    private static bool IsNames(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> key = Field(ref text);
        if (key.IsEmpty || char.IsAsciiDigit((char)key[0]))
        {
            return false;
        }

        ReadOnlySpan<byte> size = Field(ref text);
        return size.IsEmpty ? s_names.Contains(Encoding.UTF8.GetString(key), StringComparer.OrdinalIgnoreCase) : !char.IsAsciiDigit((char)size[0]) && size[0] != (byte)'-';
    }

    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = (ulong)key.Length;
        foreach (byte letter in key)
        {
            hash = HashMix.Fold(hash, letter);
        }

        return HashMix.Finish(hash);
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
