using System.CommandLine;

namespace Squelch.Tool;

/// <summary>What is known of a word of the command line that is in nobody's place.</summary>
internal static class MisplacedWord
{
    /// <summary>What was probably meant, or null.</summary>
    /// <param name="command">The command that does not know the word.</param>
    /// <param name="word">The word.</param>
    public static string? Hint(Command command, string word)
        => ByteSize.IsUnit(word) && command.Options.Any(option => option.Name == "--capacity") ? ByteSize.UnitAlone(word)
            : command.Subcommands.Count > 0 && (File.Exists(word) || Directory.Exists(word)) ? OfFile(command, word)
            : command is RootCommand && word.StartsWith("--", StringComparison.Ordinal) && OfOption(command, word) is { Length: > 0 } owners ? $"{word} is an option of {string.Join(", ", owners)}: squelch {owners[0]} {word}"
            : null;

    private static string[] OfOption(Command command, string word)
        => [.. command.Subcommands.Where(sub => sub.Options.Any(option => option.Name == word.Split('=')[0])).Select(sub => sub.Name)];

    private static string OfFile(Command command, string path)
    {
        string quoted = path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
        return Directory.Exists(path) ? $"'{path}' is a folder: squelch study {quoted} and squelch ablate {quoted} read all traces in it."
            : command is RootCommand ? $"'{path}' is a file: squelch replay {quoted}"
            : $"'{path}' is a file: squelch {command.Name} {command.Subcommands[0].Name} {quoted}";
    }
}
