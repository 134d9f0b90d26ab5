using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Where the command writes: results to one console, progress and errors to the other.</summary>
internal sealed class Terminal
{
    /// <summary>No line of what another program reads is broken.</summary>
    private const int PipeWidth = 1 << 20;

    private Terminal(StandardOutput bytes, IAnsiConsole words, IAnsiConsole error)
    {
        Bytes = bytes;
        Out = words;
        Error = error;
    }

    /// <summary>Standard output for a result that a command was asked to write there.</summary>
    public Stream Bytes { get; }

    /// <summary>Results in words and tables.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress, warnings and errors.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>Nothing is said but results, warnings and errors.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>True where a person watches <see cref="Error"/>.</summary>
    public bool ShowsProgress => !IsQuiet && IsWatched(Error);

    /// <summary>Standard output and standard error of this process.</summary>
    public static Terminal OfThisProcess()
    {
        StandardOutput output = StandardOutput.OfThisProcess();
        return new(
            output,
            Console.IsOutputRedirected ? Pipe(Text(output)) : Watched(Console.Out),
            Console.IsErrorRedirected ? Pipe(Console.Error) : Watched(Console.Error));
    }

    /// <summary>Plain text for other programs: no colours, no progress.</summary>
    public static Terminal Plain(Stream output, TextWriter error)
    {
        var bytes = new StandardOutput(output);
        return new(bytes, Pipe(Text(bytes)), Pipe(error));
    }

    /// <summary>What a person sees on a terminal of so many columns, without colours and progress.</summary>
    public static Terminal Pictured(Stream output, TextWriter error, int columns)
    {
        var bytes = new StandardOutput(output);
        IAnsiConsole words = Pipe(Text(bytes));
        words.Profile.Capabilities.Interactive = true;
        words.Profile.Capabilities.Unicode = true;
        words.Profile.Width = columns;
        return new(bytes, words, Pipe(error));
    }

    /// <summary>True where a person watches the console, false where a program or a file takes what is written.</summary>
    public static bool IsWatched(IAnsiConsole console) => console.Profile.Capabilities.Interactive;

    /// <summary>Takes the colours away.</summary>
    public void LeaveOutColours()
    {
        Out.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        Error.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }

    private static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };

    /// <summary>A console that a person watches: without colours where NO_COLOR says so, as wide as COLUMNS says.</summary>
    private static IAnsiConsole Watched(TextWriter writer)
    {
        if (Environment.GetEnvironmentVariable("NO_COLOR") is "")
        {
            // An empty one means nothing (no-color.org), but the library asks only whether it is there.
            Environment.SetEnvironmentVariable("NO_COLOR", null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.Yes });
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0)
        {
            console.Profile.Width = columns;
        }

        return console;
    }

    private static IAnsiConsole Pipe(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,

            // Otherwise colours are written where a variable says that a build server runs this.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = PipeWidth;
        return console;
    }
}
