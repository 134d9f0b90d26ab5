using System.Text.RegularExpressions;
using Squelch.Tests;

namespace Squelch.Analyzers.Tests;

/// <summary>A page of docs/rules, read from its Markdown.</summary>
internal sealed partial record RulePage(string Id, string Title, string Category, string Severity, string Fix, string[] Headings, string Wrong, string[] Messages, string Right, string Suppress)
{
    private const string Quote = "> ";

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
            [.. Section(lines, "Wrong").Where(line => line.StartsWith(Quote, StringComparison.Ordinal)).Select(line => line[Quote.Length..])],
            Policy(Section(lines, "Right")),
            string.Join("\n", Section(lines, "When to suppress")));
    }

    /// <summary>Holds the messages that a page quotes against those that are reported.</summary>
    /// <param name="id">The page.</param>
    /// <param name="messages">Of its wrong policy.</param>
    public static void KeepMessages(string id, IEnumerable<string> messages)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, id + ".md"));
        int first = Array.FindIndex(lines, IsMessage);
        WrittenPage.Keep($"docs/rules/{id}.md", [.. lines[..first], .. messages.Select(message => Quote + message), .. lines[first..].SkipWhile(IsMessage)]);

        static bool IsMessage(string line) => line.StartsWith(Quote, StringComparison.Ordinal);
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
