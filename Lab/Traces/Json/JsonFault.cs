using System.Text;

namespace Squelch.Lab;

/// <summary>Says what is wrong with JSON, and what mends it.</summary>
internal static class JsonFault
{
    private const int MostShown = 24;

    /// <summary>What stands where JSON stops to be JSON.</summary>
    /// <param name="text">All of it, or its beginning.</param>
    /// <param name="at">Up to here it was JSON.</param>
    public static string Describe(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..].TrimStart(" \t\r\n"u8);
        int line = 1 + text[..^rest.Length].Count((byte)'\n');
        string place = line == 1 ? "" : $" {line - 1} {(line == 2 ? "line" : "lines")} further down";
        if (IsNoNumber(rest))
        {
            return $"{Found(rest)}{place} is no JSON: write null; json.dumps(.., allow_nan=False) finds where it arises";
        }

        if (IsPythons(rest))
        {
            return $"{Found(rest)}{place} is Python's and no JSON: json.dumps writes it right";
        }

        return EndsInside(rest) ? "it ends in the middle of a value: it was cut short" : $"{Found(rest)}{place} is no JSON there";
    }

    /// <summary>True for what Python and JavaScript write for numbers that JSON has not.</summary>
    public static bool IsNoNumber(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> plain = text.StartsWith("-"u8) ? text[1..] : text;
        return plain.StartsWith("NaN"u8) || plain.StartsWith("Infinity"u8) || plain.StartsWith("nan"u8) || plain.StartsWith("inf"u8);
    }

    /// <summary>True for what Python prints of texts and constants.</summary>
    public static bool IsPythons(ReadOnlySpan<byte> text)
        => text.StartsWith("'"u8) || text.StartsWith("True"u8) || text.StartsWith("False"u8) || text.StartsWith("None"u8);

    /// <summary>True where nothing is left but separators, or a text that does not end.</summary>
    private static bool EndsInside(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> value = rest.TrimStart(" \t\r\n,:"u8);
        return value.IsEmpty || (value[0] == '"' && !value[1..].ContainsAny("\"\n"u8));
    }

    private static string Found(ReadOnlySpan<byte> rest)
    {
        int stop = rest[1..].IndexOfAny(",]}: \t\r\n"u8);
        rest = stop < 0 ? rest : rest[..(stop + 1)];
        return rest.Length <= MostShown ? $"'{Encoding.UTF8.GetString(rest)}'" : $"'{Encoding.UTF8.GetString(rest[..MostShown])}...'";
    }
}
