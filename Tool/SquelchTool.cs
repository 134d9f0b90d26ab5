using System.CommandLine;

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
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from.", Recursive = true };
        RootCommand root = SquelchCommand.Create(terminal);
        root.Options.Add(verbose);

        ParseResult parsed = root.Parse(args);
        var errors = new ErrorReport(terminal.Error, parsed.GetValue(verbose));
        if (parsed.Errors.Count > 0)
        {
            return errors.ShowUsage(parsed);
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
