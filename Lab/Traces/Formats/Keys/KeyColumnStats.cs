using System.Globalization;
using System.Text;

namespace Squelch.Lab;

/// <summary>What the values of one column in the first lines say of it.</summary>
internal sealed class KeyColumnStats
{
    public KeyColumnStats(IEnumerable<string[]> rows, int column)
    {
        Values = [.. rows.Where(row => column < row.Length && row[column].Length > 0).Select(row => row[column])];
        Distinct = Values.Distinct(StringComparer.Ordinal).Count();
        AreNumbers = Values.Count > 0 && Values.All(IsNumber);
        AreWhole = AreNumbers && Values.All(value => value.All(char.IsAsciiDigit));
        double[] times = Times();
        AreTimes = times.Length > 0 && times.Length == Values.Count && times.Zip(times.Skip(1)).All(pair => pair.First <= pair.Second);
        (First, Last) = AreTimes ? (times[0], times[^1]) : (double.NaN, double.NaN);
        HasFractions = AreNumbers && Values.Any(value => double.Parse(value, CultureInfo.InvariantCulture) % 1 != 0);
    }

    /// <summary>The values that are there.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>How many different ones.</summary>
    public int Distinct { get; }

    /// <summary>True where all are numbers.</summary>
    public bool AreNumbers { get; }

    /// <summary>True where all are whole numbers without a sign.</summary>
    public bool AreWhole { get; }

    /// <summary>True where a number among them is not whole.</summary>
    public bool HasFractions { get; }

    /// <summary>True where all are numbers or dates, none less than the one before.</summary>
    public bool AreTimes { get; }

    /// <summary>The first time in seconds; not a number where they are no times.</summary>
    public double First { get; }

    /// <summary>The last time in seconds; not a number where they are no times.</summary>
    public double Last { get; }

    /// <summary>True for dates, and for numbers that count from 1970: they are hardly anything else than times.</summary>
    public bool AreOfTheClock => AreTimes && First is > 946_684_800 and < 4_102_444_800 && First < Last;

    /// <summary>True where some value comes twice, but not always the same.</summary>
    public bool ComeAgain => Distinct > 1 && Distinct < Values.Count;

    /// <summary>True where no value comes twice.</summary>
    public bool AreAllDifferent => Values.Count > 1 && Distinct == Values.Count;

    /// <summary>True where all are words for operations.</summary>
    public bool AreOperations => Values.Count > 0 && Values.All(value => KeyOperations.Knows(Encoding.UTF8.GetBytes(value)));

    public static bool IsNumber(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);

    private double[] Times()
    {
        if (Values.Count == 0)
        {
            return [];
        }

        KeyTimeUnit unit = KeyTimes.Of(Encoding.UTF8.GetBytes(Values[0]));
        return [.. Values.Select(value => KeyTimes.TryParse(Encoding.UTF8.GetBytes(value), unit, out double seconds) ? seconds : double.NaN).TakeWhile(seconds => !double.IsNaN(seconds))];
    }
}
