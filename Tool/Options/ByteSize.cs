using System.Globalization;

namespace Squelch.Tool;

/// <summary>Sizes as people write them: 20GB is 20e9 bytes, 20GiB is 20 * 2^30, a bare number is bytes.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, decimal Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1),
    ];

    /// <summary>The bytes that the text means; fractions of a byte are dropped.</summary>
    /// <exception cref="UsageException">The text is no size, or not above zero.</exception>
    public static long Parse(string text)
    {
        string trimmed = text.Trim();
        (string suffix, decimal unit) = Array.Find(Units, u => trimmed.EndsWith(u.Suffix, StringComparison.OrdinalIgnoreCase));
        string number = suffix is null ? trimmed : trimmed[..^suffix.Length].TrimEnd();

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out decimal value))
        {
            throw new UsageException($"'{text}' is not a size; write a number with B, KB, MB, GB, TB, KiB, MiB, GiB or TiB, as in 20GB or 1.5TiB");
        }

        unit = suffix is null ? 1 : unit;
        if (value > long.MaxValue / unit)
        {
            throw new UsageException($"'{text}' is more bytes than a cache can count; give less than {Format(long.MaxValue)}");
        }

        long bytes = value < 0 ? -1 : (long)(value * unit);
        return bytes > 0 ? bytes : throw new UsageException($"'{text}' is no capacity: give a size above zero, as in 20GB");
    }

    /// <summary>Rounds to two digits, for sizes that were not given but found.</summary>
    public static long Round(long bytes)
    {
        long digit = 1;
        while (bytes / digit >= 100)
        {
            digit *= 10;
        }

        return (bytes + (digit / 2)) / digit * digit;
    }

    /// <summary>True for a unit without a number: the shell took what was meant as one size for two words.</summary>
    public static bool IsUnit(string word) => Units.Any(unit => unit.Suffix.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What to tell whoever wrote <c>20 GB</c>.</summary>
    public static string UnitAlone(string word) => $"'{word}' stands alone; write a size as one word, as in --capacity 20{word.ToUpperInvariant().Replace("IB", "iB", StringComparison.Ordinal)}";

    /// <summary>The shortest usual writing of so many bytes, such as 20GB or 26.8MB.</summary>
    public static string Format(long bytes)
    {
        foreach ((string suffix, decimal unit) in Units)
        {
            if (!suffix.EndsWith("iB", StringComparison.Ordinal) && bytes >= unit)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit:0.##}{suffix}");
            }
        }

        return "0B";
    }
}
