namespace Squelch.Tool;

/// <summary>How much room text takes. No font is asked, for nobody knows the reader's: it is reckoned for a wide one.</summary>
internal static class ChartText
{
    private const double WidthOfLetter = 0.6;
    private const double WidthOfBoldLetter = 0.66;

    /// <summary>Pixels of a line of text.</summary>
    public static double WidthOf(string text, double size, bool bold = false) => text.Length * size * (bold ? WidthOfBoldLetter : WidthOfLetter);

    /// <summary>The text, or its beginning and an ellipsis where it is too wide.</summary>
    public static string Fit(string text, double size, double width, bool bold = false)
    {
        int letters = (int)(width / WidthOf("x", size, bold));
        return text.Length <= letters ? text : text[..Math.Max(1, letters - 1)] + "…";
    }

    /// <summary>Lines of at most that width, broken between words; a word that is wider is broken, too.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, bool bold = false)
    {
        int letters = (int)(width / WidthOf("x", size, bold));
        List<string> lines = [];
        string rest = text;
        while (rest.Length > letters)
        {
            int space = rest.LastIndexOf(' ', letters);
            int end = space > 0 ? space : letters;
            lines.Add(rest[..end]);
            rest = rest[end..].TrimStart();
        }

        return [.. lines, rest];
    }
}
