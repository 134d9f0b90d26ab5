using System.Globalization;
using System.Text.RegularExpressions;

namespace Squelch.Documentation.Tests;

/// <summary>A page shows what a program prints. Two signs say what it leaves out: a line <c>… 24 more lines</c>, and <c>…</c> within a line for what differs from run to run.</summary>
internal static partial class ShownOutput
{
    private const char Mark = '…';

    /// <summary>What the page should show: as much at the beginning and the end as it shows now, and the marks that still hold.</summary>
    /// <param name="shown">The lines of the page.</param>
    /// <param name="text">What the program prints.</param>
    public static string[] Renewed(string[] shown, string text)
    {
        string[] printed = [.. text.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line.Length == 0)];
        printed = printed[..(Array.FindLastIndex(printed, line => line.Length > 0) + 1)];
        int head = Array.FindIndex(shown, line => Cut().IsMatch(line));
        int tail = shown.Length - head - 1;
        if (head >= 0 && head + tail < printed.Length)
        {
            string cut = string.Create(CultureInfo.InvariantCulture, $"{Mark} {printed.Length - head - tail} more lines");
            printed = [.. printed[..head], cut, .. printed[^tail..]];
        }

        return [.. printed.Select((line, i) => i < shown.Length && Masks(shown[i], line) ? shown[i] : line)];
    }

    private static bool Masks(string shown, string line)
        => !Cut().IsMatch(shown) && Regex.IsMatch(line, $"^{string.Join(".+", shown.Split(Mark).Select(Regex.Escape))}$", RegexOptions.CultureInvariant);

    [GeneratedRegex("^… [0-9]+ more lines$")]
    private static partial Regex Cut();
}
