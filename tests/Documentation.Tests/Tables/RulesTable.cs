using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Squelch.Analyzers;

namespace Squelch.Documentation.Tests;

/// <summary>The rules, as the analyzers and their pages have them.</summary>
internal static partial class RulesTable
{
    private const string Folder = "docs/rules";

    private static readonly DiagnosticDescriptor[] s_rules = [.. new PolicyAnalyzer().SupportedDiagnostics.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>Their pages.</summary>
    public static IEnumerable<string> Pages => s_rules.Select(PageOf);

    /// <summary>All of them, for a page in their folder.</summary>
    public static IEnumerable<string> Of()
        => PageTables.Lines(["rule", "severity", "title", "fix"], s_rules.Select(rule => (string[])[$"[{rule.Id}]({rule.Id}.md)", $"{rule.DefaultSeverity}", $"{rule.Title}", FixOf(rule)]));

    /// <summary>Those of a category, for a page in docs.</summary>
    public static IEnumerable<string> Of(string category)
    {
        DiagnosticDescriptor[] rules = [.. s_rules.Where(rule => rule.Category == $"Squelch.{category}")];
        Assert.True(rules.Length > 0, $"no rule is of {category}; there are {string.Join(", ", s_rules.Select(rule => rule.Category["Squelch.".Length..]).Distinct())}");
        return PageTables.Lines(["rule", "severity", "says"], rules.Select(rule => (string[])[$"[{rule.Id}](rules/{rule.Id}.md)", $"{rule.DefaultSeverity}", $"{rule.Title}"]));
    }

    private static string PageOf(DiagnosticDescriptor rule) => $"{Folder}/{rule.Id}.md";

    /// <summary>What its page says that the editor offers.</summary>
    private static string FixOf(DiagnosticDescriptor rule)
        => File.ReadLines(Path.Combine(SharedData.Repository, PageOf(rule))).Select(line => Facts().Match(line)).First(match => match.Success).Groups["fix"].Value;

    [GeneratedRegex("^Category .* · Fix: (?<fix>.+)$")]
    private static partial Regex Facts();
}
