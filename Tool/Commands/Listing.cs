using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What the commands have in common that show a table or write it as JSON.</summary>
internal static class Listing
{
    /// <summary>Writes the JSON that was asked for, and the table where standard output is left for it.</summary>
    /// <param name="terminal">Of this command.</param>
    /// <param name="place">A file, <c>-</c>, or null for the table alone.</param>
    /// <param name="json">Makes the JSON.</param>
    /// <param name="show">Shows the table.</param>
    public static int Show(Terminal terminal, string? place, Func<string> json, Action<IAnsiConsole> show)
    {
        if (place is not null)
        {
            using ResultFile file = ResultFile.Create(place, terminal);
            file.Write(json());
            file.Complete();
        }

        if (place is null || !RealPath.IsStandardOutput(place))
        {
            show(terminal.Out);
        }

        return ExitCode.Success;
    }
}
