namespace Squelch.Lab;

/// <summary>What the columns are of lines that have no header, from the values alone.</summary>
internal static class KeyShape
{
    /// <summary>Fewer lines prove nothing.</summary>
    private const int FewestLines = 3;

    /// <summary>Published layouts that are like no other.</summary>
    private static readonly (string Layout, Func<KeySample, KeyColumnStats[], bool> Fits)[] s_known =
    [
        ("lis", (sample, columns) => sample.Separator == ' ' && columns.Length == 4 && columns.All(column => column.AreWhole) && CountsUp(columns[3])),
        ("twitter", (_, columns) => columns.Length == 7 && columns[0].AreWhole && columns[2].AreWhole && columns[3].AreWhole && columns[5].AreOperations && columns[6].AreWhole),
        ("msr", (_, columns) => columns.Length == 7 && IsFileTime(columns[0]) && columns[3].AreOperations && columns[4].AreWhole && columns[5].AreWhole),
        ("alibaba", (_, columns) => columns.Length == 5 && columns[1].AreOperations && columns[2].AreWhole && columns[3].AreWhole && columns[4].AreOfTheClock && UnitOf(columns[4]) == KeyTimeUnit.Microseconds),
        ("tencent", (_, columns) => columns.Length == 5 && columns.All(column => column.AreWhole) && columns[0].AreOfTheClock && UnitOf(columns[0]) == KeyTimeUnit.Seconds && columns[3].Values.All(value => value is "0" or "1")),
    ];

    /// <summary>The published layout that lines are of, or null.</summary>
    public static string? LayoutOf(KeySample sample, KeyColumnStats[] columns) => s_known.FirstOrDefault(known => known.Fits(sample, columns)).Layout;

    /// <summary>
    /// True where the columns are time, key and maybe size, and not key, size and maybe time: what would be the time falls, or the first column is
    /// a clock, or no first value comes twice but second ones do.
    /// </summary>
    public static bool BeginsWithTime(KeyColumnStats[] columns)
    {
        KeyColumnStats first = columns[0];
        KeyColumnStats second = columns[1];
        if (!first.AreTimes || (columns.Length == 3 && !columns[2].AreNumbers))
        {
            return false;
        }

        if (!second.AreNumbers)
        {
            // Among sizes a text is a fault.
            return second.Values.Count(KeyColumnStats.IsNumber) * 2 < second.Values.Count;
        }

        if (first.Values.Count < FewestLines || first.First >= first.Last)
        {
            return false;
        }

        bool isClock = first.AreOfTheClock || first.HasFractions;
        if (columns.Length == 2)
        {
            return isClock && second.ComeAgain;
        }

        KeyColumnStats third = columns[2];
        bool isOneSize = third.Distinct == 1 && third.Values[0] != "0";
        return third.AreWhole && second.Distinct > 1
            && (!third.AreTimes || (second.ComeAgain && ((isClock && !third.AreOfTheClock) || (isOneSize && first.AreAllDifferent))));
    }

    /// <summary>True where the first column may be a time after all.</summary>
    public static bool MayBeginWithTime(KeyColumnStats[] columns)
        => columns.Length is 2 or 3 && columns[0].AreTimes && columns[0].AreAllDifferent && columns[1].ComeAgain && columns[0].Values.Count >= FewestLines;

    private static bool CountsUp(KeyColumnStats column)
        => column.Values.Count >= FewestLines && column.AreTimes && column.Last - column.First == column.Values.Count - 1;

    private static bool IsFileTime(KeyColumnStats column) => column.AreWhole && UnitOf(column) == KeyTimeUnit.FileTime;

    private static KeyTimeUnit UnitOf(KeyColumnStats column) => KeyTimes.Of(System.Text.Encoding.UTF8.GetBytes(column.Values[0]));
}
