using System.Text.RegularExpressions;
using Squelch.Tests;

namespace Squelch.Analyzers.Tests;

/// <summary>A page of docs/rules, read from its Markdown.</summary>
internal sealed partial record RulePage(string Id, string Title, string Category, string Severity, string Fix, string[] Headings, string Wrong, string[] Messages, string Right, string Suppress)
{
    public static string Folder { get; } = Path.Combine(SharedData.Repository, "docs", "rules");

    /// <summary>The ids of the pages that are there.</summary>
    public static IEnumerable<string> Ids => Directory.GetFiles(Folder, "SQ*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static RulePage Read(string id)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, id + ".md"));
        Match title = Matched(TitleLine(), lines[0]);
        Match facts = Matched(FactsLine(), lines[2]);
        return new(
            title.Groups["id"].Value,
            title.Groups["title"].Value,
            facts.Groups["category"].Value,
            facts.Groups["severity"].Value,
            facts.Groups["fix"].Value,
            [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])],
            Policy(Section(lines, "Wrong")),
            [.. Section(lines, "Wrong").Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..])],
            Policy(Section(lines, "Right")),
            string.Join("\n", Section(lines, "When to suppress")));
    }

    /// <summary>Holds some lines of a page against what the program says. Where they differ, it writes the page anew and fails: look at the change and commit it.</summary>
    /// <param name="file">The page's file.</param>
    /// <param name="begins">How those lines begin; they stand together.</param>
    /// <param name="expected">What they should be.</param>
    public static void Keep(string file, string begins, string[] expected)
    {
        string path = Path.Combine(Folder, file);
        string[] lines = File.ReadAllLines(path);
        int first = Array.FindIndex(lines, line => line.StartsWith(begins, StringComparison.Ordinal));
        string[] actual = [.. lines.Skip(first).TakeWhile(line => line.StartsWith(begins, StringComparison.Ordinal))];
        if (!expected.SequenceEqual(actual))
        {
            File.WriteAllLines(path, [.. lines[..first], .. expected, .. lines[(first + actual.Length)..]]);
        }

        Assert.Equal(expected, actual);
    }

    private static string[] Section(string[] lines, string heading)
        => [.. lines.SkipWhile(line => line != "## " + heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];

    /// <summary>The one block of code, as a file.</summary>
    private static string Policy(string[] section)
    {
        int start = Assert.Single(Enumerable.Range(0, section.Length), i => section[i] == "```csharp");
        IEnumerable<string> code = section.Skip(start + 1).TakeWhile(line => line != "```");
        return "using System;\nusing Squelch;\nnamespace Pages;\n\n" + string.Join("\n", code) + "\n";
    }

    private static Match Matched(Regex pattern, string line)
    {
        Match match = pattern.Match(line);
        Assert.True(match.Success, $"'{line}' is not {pattern}");
        return match;
    }

    [GeneratedRegex("^# (?<id>SQ[0-9]{4}): (?<title>.+)$")]
    private static partial Regex TitleLine();

    [GeneratedRegex("^Category (?<category>[A-Za-z.]+) · Severity (?<severity>[A-Za-z]+) · Fix: (?<fix>.+)$")]
    private static partial Regex FactsLine();
}
