using System.CommandLine;
using System.CommandLine.Completions;

namespace Squelch.Tool;

/// <summary>The command from arguments to exit code.</summary>
internal static class SquelchTool
{
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(10);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellation">Stops it as Ctrl+C does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing but results, warnings and errors.", Recursive = true };
        var noColour = new Option<bool>("--no-color") { Description = "Leave out colours, as the variable NO_COLOR does.", Recursive = true };
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from.", Recursive = true };
        RootCommand root = SquelchCommand.Create(terminal);
        foreach (Option option in (Option[])[quiet, noColour, verbose])
        {
            root.Options.Add(option);
        }

        CommandValues.Require(root);
        ParseResult parsed = root.Parse(args);
        terminal.IsQuiet = parsed.GetValue(quiet);
        if (parsed.GetValue(noColour))
        {
            terminal.LeaveOutColours();
        }

        var errors = new ErrorReport(terminal.Error, parsed.GetValue(verbose));
        if (parsed.Errors.Count > 0 && parsed.GetResult(root.Directives.OfType<SuggestDirective>().Single()) is null)
        {
            return errors.ShowUsage(parsed, word => MisplacedWord.Hint(parsed.CommandResult.Command, word));
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out.Profile.Out.Writer,
            Error = terminal.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToCleanUp,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception exception)
        {
            return errors.Show(exception);
        }
    }
}
