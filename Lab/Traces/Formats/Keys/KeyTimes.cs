using System.Buffers.Text;
using System.Globalization;

namespace Squelch.Lab;

/// <summary>How a key trace writes its times.</summary>
internal enum KeyTimeUnit
{
    /// <summary>The values tell.</summary>
    Unknown,

    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,

    /// <summary>100 ns since 1601, as Windows counts.</summary>
    FileTime,

    /// <summary>Texts, as 2024-05-01T10:00:00Z.</summary>
    Date,
}

/// <summary>Times of key traces, in seconds.</summary>
internal static class KeyTimes
{
    /// <summary>FILETIME counts of the years 1918 to 2108. As nanoseconds since 1970 they would be in 1973 to 1975.</summary>
    private const double FirstFileTime = 1e17;

    private const double LastFileTime = 1.6e17;

    /// <summary>100 ns from 1601 to 1970.</summary>
    private const long TicksUntil1970 = 116_444_736_000_000_000;

    private const int LongestDate = 40;

    /// <summary>The unit that a user names; null where there is none.</summary>
    public static KeyTimeUnit? Named(string unit) => unit.ToUpperInvariant() switch
    {
        "S" or "SEC" or "SECOND" or "SECONDS" => KeyTimeUnit.Seconds,
        "MS" or "MSEC" or "MILLIS" or "MILLISECONDS" => KeyTimeUnit.Milliseconds,
        "US" or "USEC" or "MICROS" or "MICROSECONDS" => KeyTimeUnit.Microseconds,
        "NS" or "NSEC" or "NANOS" or "NANOSECONDS" => KeyTimeUnit.Nanoseconds,
        "FILETIME" or "100NS" => KeyTimeUnit.FileTime,
        _ => null,
    };

    /// <summary>The unit of a time that names none: dates are texts, and counts since 1970 are told by how large they are. Others are seconds.</summary>
    public static KeyTimeUnit Of(ReadOnlySpan<byte> text)
        => !TryNumber(text, out double number) ? KeyTimeUnit.Date
            : number is >= FirstFileTime and < LastFileTime ? KeyTimeUnit.FileTime
            : Since1970.UnitsPerSecond(number) switch
            {
                1e9 => KeyTimeUnit.Nanoseconds,
                1e6 => KeyTimeUnit.Microseconds,
                1e3 => KeyTimeUnit.Milliseconds,
                _ => KeyTimeUnit.Seconds,
            };

    /// <summary>A time in seconds; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, KeyTimeUnit unit, out double seconds)
    {
        if (unit == KeyTimeUnit.Date)
        {
            return TryDate(text, out seconds);
        }

        if (unit == KeyTimeUnit.FileTime && Utf8Parser.TryParse(text, out long ticks, out int used) && used == text.Length)
        {
            // As floating point, counts from 1601 are only right to 2 microseconds.
            seconds = (ticks - TicksUntil1970) / 1e7;
            return true;
        }

        bool isNumber = TryNumber(text, out double number);
        seconds = unit switch
        {
            KeyTimeUnit.Milliseconds => number / 1e3,
            KeyTimeUnit.Microseconds => number / 1e6,
            KeyTimeUnit.FileTime => (number - TicksUntil1970) / 1e7,
            KeyTimeUnit.Nanoseconds => number / 1e9,
            _ => number,
        };
        return isNumber;
    }

    /// <summary>What messages call a unit.</summary>
    public static string Word(KeyTimeUnit unit) => unit switch
    {
        KeyTimeUnit.Milliseconds => "ms",
        KeyTimeUnit.Microseconds => "us",
        KeyTimeUnit.Nanoseconds => "ns",
        KeyTimeUnit.FileTime => "filetime",
        _ => "s",
    };

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number)
        => Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && double.IsFinite(number);

    /// <summary>ISO 8601: year, month and day first, so that no order of day and month is guessed. Without a zone it is UTC.</summary>
    private static bool TryDate(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = 0;
        if (text.Length is < 10 or > LongestDate || text[4] != '-' || text[7] != '-' || !char.IsAsciiDigit((char)text[0]))
        {
            return false;
        }

        Span<char> letters = stackalloc char[LongestDate];
        for (int i = 0; i < text.Length; i++)
        {
            letters[i] = (char)text[i];
        }

        bool isDate = DateTimeOffset.TryParse(letters[..text.Length], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date);
        seconds = (date - DateTimeOffset.UnixEpoch).TotalSeconds;
        return isDate;
    }
}
