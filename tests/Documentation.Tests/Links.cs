using System.Text.RegularExpressions;

namespace Squelch.Documentation.Tests;

/// <summary>Where a page leads to, and the places within a page that can be led to.</summary>
internal static partial class Links
{
    /// <summary>The targets of a page's links and pictures, with their lines from 1; code is left out.</summary>
    public static IEnumerable<(int Line, string Target)> Of(Page page)
        => from line in Prose(page)
           from Match link in Link().Matches(InlineCode().Replace(line.Text, "code"))
           select (line.Number, link.Groups["target"].Value);

    /// <summary>The anchors of a page's headings, as GitHub makes them: small letters, hyphens for spaces, no other signs, and a number for each time a heading comes again.</summary>
    public static IReadOnlySet<string> Anchors(Page page)
    {
        var anchors = new HashSet<string>();
        foreach ((_, string text) in Prose(page))
        {
            if (Heading().Match(text) is { Success: true } heading)
            {
                string anchor = Signs().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');
                int again = 0;
                while (!anchors.Add(again == 0 ? anchor : $"{anchor}-{again}"))
                {
                    again++;
                }
            }
        }

        return anchors;
    }

    /// <summary>What is wrong with a target; null where it exists, or is none of the repository's.</summary>
    public static string? Fault(Page page, string target)
    {
        if (Uri.TryCreate(target, UriKind.Absolute, out Uri? address) && address.Scheme.Length > 1)
        {
            return null;
        }

        string[] parts = target.Split('#', 2);
        Page led = page;
        if (parts[0].Length > 0)
        {
            string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.FullPath)!, Uri.UnescapeDataString(parts[0])));
            if (!File.Exists(file) && !Directory.Exists(file))
            {
                return "there is no such file or folder";
            }

            if (parts.Length == 1)
            {
                return null;
            }

            if (!file.EndsWith(".md", StringComparison.Ordinal))
            {
                return "pages alone have anchors";
            }

            led = Page.Read(Path.GetRelativePath(SharedData.Repository, file));
        }

        return Anchors(led).Contains(parts[1]) ? null : $"{led.Path} has no such heading; it has {string.Join(", ", Anchors(led))}";
    }

    private static IEnumerable<(int Number, string Text)> Prose(Page page)
        => page.Lines.Select((text, i) => (i + 1, text)).Where(line => !page.Blocks.Any(block => line.Item1 >= block.Start && line.Item1 <= block.Start + block.Lines.Length + 1));

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)(\s+""[^""]*"")?\)|^\[[^\]]+\]:\s+(?<target>\S+)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} +(?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M} _-]")]
    private static partial Regex Signs();
}
