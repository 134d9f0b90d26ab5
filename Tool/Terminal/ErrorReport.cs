using System.CommandLine;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Errors as one red line each, and the exit code they stand for.</summary>
/// <param name="console">Where they are shown.</param>
/// <param name="verbose">True to show the stack too.</param>
internal sealed class ErrorReport(IAnsiConsole console, bool verbose)
{
    /// <summary>Shows why a command ended early.</summary>
    /// <returns>The exit code.</returns>
    public int Show(Exception exception)
    {
        Exception cause = Unwrap(exception);
        if (cause is OperationCanceledException)
        {
            Line("interrupted; nothing was written");
            return ExitCode.Interrupted;
        }

        bool isExpected = cause is SquelchException;
        Line(isExpected ? cause.Message : $"{cause.GetType().Name}: {cause.Message}");
        if (verbose)
        {
            console.Profile.Out.Writer.WriteLine(cause);
        }
        else if (!isExpected)
        {
            console.Profile.Out.Writer.WriteLine("This is a defect of squelch; run again with --verbose to see where it happened.");
        }

        return cause is UsageException ? ExitCode.Usage : ExitCode.Failure;
    }

    /// <summary>Shows what is wrong with the command line.</summary>
    /// <returns>The exit code.</returns>
    public int ShowUsage(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        foreach (string message in parsed.Errors.Select(e => e.Message).Distinct())
        {
            Line(message);
        }

        foreach (string token in parsed.UnmatchedTokens)
        {
            if (NearestName.Find(token, command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name))) is { } nearest)
            {
                console.Profile.Out.Writer.WriteLine($"Did you mean '{nearest}'?");
            }
        }

        string path = command is RootCommand ? "" : string.Join(' ', Names(command)) + " ";
        console.Profile.Out.Writer.WriteLine($"See: squelch {path}--help");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Names(Symbol command)
        => command.Parents.FirstOrDefault() is { } parent and not RootCommand ? [.. Names(parent), command.Name] : [command.Name];

    private static Exception Unwrap(Exception exception)
    {
        while (exception is AggregateException aggregate)
        {
            exception = aggregate.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) ?? aggregate.InnerExceptions[0];
        }

        return exception;
    }

    private void Line(string message)
    {
        // Written past the console's line breaking: one error, one line.
        string prefix = console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors ? "\u001b[31merror:\u001b[0m " : "error: ";
        console.Profile.Out.Writer.WriteLine(prefix + message.ReplaceLineEndings(" "));
    }
}
