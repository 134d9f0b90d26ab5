using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Where the command writes: results to one console, progress and errors to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="ShowsProgress">True where a person watches <paramref name="Error"/>.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, bool ShowsProgress)
{
    private const int RedirectedWidth = 180;

    /// <summary>Standard output and standard error of this process.</summary>
    public static Terminal OfThisProcess()
        => new(Open(Console.Out, Console.IsOutputRedirected), Open(Console.Error, Console.IsErrorRedirected), !Console.IsErrorRedirected);

    /// <summary>Plain text into two writers: no colours, no progress.</summary>
    public static Terminal Plain(TextWriter output, TextWriter error)
        => new(Open(output, redirected: true), Open(error, redirected: true), ShowsProgress: false);

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (redirected)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        IAnsiConsole console = AnsiConsole.Create(settings);
        if (redirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
