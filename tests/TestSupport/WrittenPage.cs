namespace Squelch.Tests;

/// <summary>A page of which a program knows some lines. Where they differ the test fails, and SQUELCH_WRITE_PAGES=1 writes the page anew: look at the change, and run again.</summary>
internal static class WrittenPage
{
    private static bool Writes => Environment.GetEnvironmentVariable("SQUELCH_WRITE_PAGES") == "1";

    /// <summary>Holds a page against what it should be.</summary>
    /// <param name="path">From the repository's root.</param>
    /// <param name="lines">Of the page as it should be.</param>
    public static void Keep(string path, IReadOnlyList<string> lines)
    {
        string file = Path.Combine(SharedData.Repository, path);
        string[] shown = File.ReadAllLines(file);
        if (Writes && !lines.SequenceEqual(shown))
        {
            File.WriteAllLines(file, lines);
        }

        for (int i = 0; i < Math.Max(lines.Count, shown.Length); i++)
        {
            string now = shown.ElementAtOrDefault(i) ?? "";
            string right = lines.ElementAtOrDefault(i) ?? "";
            Assert.True(now == right, $"{path}({i + 1}) shows\n{now}\nand not what the program says:\n{right}\n{(Writes ? "The page was written anew: look at the change." : "SQUELCH_WRITE_PAGES=1 writes the page anew.")}");
        }
    }
}
