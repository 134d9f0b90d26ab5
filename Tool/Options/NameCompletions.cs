using System.CommandLine.Completions;

namespace Squelch.Tool;

/// <summary>Names that a shell completes.</summary>
internal static class NameCompletions
{
    /// <summary>The names as items of a list: those before the last comma stay.</summary>
    public static IEnumerable<string> InList(CompletionContext context, IEnumerable<string> names)
    {
        string word = context.WordToComplete;
        string before = word[..(word.LastIndexOf(',') + 1)];
        string[] taken = CommaList.Split(before);
        return names.Except(taken, StringComparer.OrdinalIgnoreCase).Select(name => before + name);
    }
}
