using System.Text.RegularExpressions;

namespace Squelch.Documentation.Tests;

/// <summary>A page of Markdown in the repository, by its blocks between fences.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Lines">Of the whole page.</param>
/// <param name="Blocks">In order.</param>
internal sealed partial record Page(string Path, string[] Lines, IReadOnlyList<Block> Blocks)
{
    /// <summary>The remark of an output of the last of the shell commands above it.</summary>
    public const string LastCommand = "the last command";

    private const string Fence = "```";

    /// <summary>All pages but those of single rules, which tests/Analyzers.Tests holds to the rules.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(SharedData.Repository, "*.md", SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/')
           where !path.Split('/').Any(folder => folder is "bin" or "obj") && !path.StartsWith("docs/rules/SQ", StringComparison.Ordinal)
           orderby path
           select path,
    ];

    /// <summary>The pages of rules, a page each.</summary>
    public static IReadOnlyList<string> Rules { get; } =
    [
        .. from file in Directory.EnumerateFiles(System.IO.Path.Combine(SharedData.Repository, "docs/rules"), "SQ*.md")
           orderby file
           select System.IO.Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/'),
    ];

    public string FullPath => System.IO.Path.Combine(SharedData.Repository, Path);

    public static Page Read(string path) => Of(path, File.ReadAllLines(System.IO.Path.Combine(SharedData.Repository, path)));

    public static Page Of(string path, string[] lines)
    {
        var blocks = new List<Block>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, Fence, i + 1);
                Assert.True(end > 0, $"{path}({i + 1}): the block has no end");
                Match remark = i > 0 ? Remark().Match(lines[i - 1]) : Match.Empty;
                blocks.Add(new(lines[i][Fence.Length..], remark.Groups["kind"].Value, remark.Groups["text"].Value, i + 1, lines[(i + 1)..end]));
                i = end;
            }
        }

        return new(path, lines, blocks);
    }

    /// <summary>The C# that a block of output is of.</summary>
    public Block CodeAbove(Block block) => Blocks.Last(other => other.Start < block.Start && other.Language == "csharp");

    /// <summary>True for code whose faults the page shows.</summary>
    public bool IsFaulty(Block code) => Blocks.Any(block => block.OutputOf("build") is not null && CodeAbove(block) == code);

    /// <summary>The comment above a block, which a reader of the page does not see.</summary>
    [GeneratedRegex("^<!-- (?<kind>output|given|file): (?<text>.+) -->$")]
    private static partial Regex Remark();
}

/// <summary>What stands between two fences.</summary>
/// <param name="Language">What the first fence names, or "".</param>
/// <param name="Kind">Of the comment above it: <c>output</c>, <c>given</c>, <c>file</c> or "".</param>
/// <param name="Remark">What the comment says.</param>
/// <param name="Start">The first line between the fences, from 0.</param>
/// <param name="Lines">Between the fences.</param>
internal sealed partial record Block(string Language, string Kind, string Remark, int Start, string[] Lines)
{
    /// <summary>The name of the source, where this is what <c>dotnet</c> prints of it; else null.</summary>
    /// <param name="command">build or run.</param>
    public string? OutputOf(string command)
        => Kind == "output" && Dotnet().Match(Remark) is { Success: true } match && match.Groups["command"].Value == command ? match.Groups["file"].Value : null;

    public string Text => string.Join('\n', Lines) + "\n";

    [GeneratedRegex(@"^dotnet (?<command>build|run) of (?<file>\w+\.cs)$")]
    private static partial Regex Dotnet();
}
