using System.CommandLine;
using System.CommandLine.Parsing;
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

        if (cause is ToolException { ExitCode: ExitCode.ClosedPipe })
        {
            return ExitCode.ClosedPipe;
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

        return cause is ToolException { ExitCode: var code } ? code : isExpected ? ExitCode.Usage : ExitCode.Defect;
    }

    /// <summary>Shows what is wrong with the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="hint">What is known of a word that is in nobody's place, or null.</param>
    /// <returns>The exit code.</returns>
    public int ShowUsage(ParseResult parsed, Func<string, string?> hint)
    {
        Command command = parsed.CommandResult.Command;
        string path = command is RootCommand ? "" : string.Join(' ', Names(command)) + " ";

        // Behind a command that is not there, nothing can be understood.
        string? missing = command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-') ? first : null;
        foreach (string message in missing is null ? parsed.Errors.Select(Message).Distinct() : [$"there is no command '{missing}' of squelch{(path.Length > 0 ? " " : "")}{path.TrimEnd()}"])
        {
            Line(message);
        }

        foreach (string token in missing is null ? parsed.UnmatchedTokens : [missing])
        {
            if (hint(token) is { } known)
            {
                Hint(known);
            }
            else if (NearestName.Find(token, command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name))) is { } nearest)
            {
                Hint($"Did you mean '{nearest}'?");
            }
            else if (token == missing)
            {
                Hint($"There are {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}; a trace is replayed by squelch replay FILE.");
            }
        }

        if (command.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument)?.Tokens is not { Count: > 0 })
            && parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(result => result.Option.Arity.MinimumNumberOfValues == 0 && result is { Option.Arity.MaximumNumberOfValues: 1, Option.ValueType: var type, Tokens: [_] } && type != typeof(bool)) is { } eager)
        {
            Hint($"{eager.Option.Name} took '{eager.Tokens[0].Value}' for its file: put {eager.Option.Name} last.");
        }

        Hint($"See: squelch {path}--help");
        return ExitCode.Usage;
    }

    private static string Message(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [], Option: { HelpName: not null } option } when option.Arity.MinimumNumberOfValues > 0 => CommandValues.Wanted(option),
        OptionResult { Tokens: { Count: > 1 } tokens, Option: { Arity.MaximumNumberOfValues: 1 } option } => $"{option.Name} is given {tokens.Count} times; give it once",
        _ => error.Message,
    };

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

    private void Hint(string text) => console.Profile.Out.Writer.WriteLine(text);

    private void Line(string message)
    {
        // Written past the console's line breaking: one error, one line.
        string prefix = console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors ? "\u001b[31merror:\u001b[0m " : "error: ";
        console.Profile.Out.Writer.WriteLine(prefix + message.ReplaceLineEndings(" "));
    }
}
