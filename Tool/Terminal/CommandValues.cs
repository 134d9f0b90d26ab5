using System.CommandLine;
using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>What holds for the values of every command: each that is asked for is there, and none is empty.</summary>
internal static class CommandValues
{
    /// <summary>Adds the rule to a command and to those below it.</summary>
    public static void Require(Command command)
    {
        foreach (Option option in command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool)))
        {
            option.Validators.Add(Check);
        }

        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(Check);
        }

        foreach (Command sub in command.Subcommands)
        {
            Require(sub);
        }
    }

    /// <summary>What to tell whoever left the value of an option out.</summary>
    public static string Wanted(Option option) => $"{option.Name} wants a value: {option.Name} <{option.HelpName}>";

    private static void Check(OptionResult result)
    {
        // An option that was given twice, once without a value, has fewer values than names.
        bool isMissing = result.Option.Arity.MinimumNumberOfValues > 0 && result.IdentifierTokenCount > result.Tokens.Count;
        if (isMissing || HasEmpty(result))
        {
            result.AddError(Wanted(result.Option));
        }
    }

    private static void Check(ArgumentResult result)
    {
        if (HasEmpty(result))
        {
            result.AddError($"<{result.Argument.Name}> is empty; give it a value");
        }
    }

    private static bool HasEmpty(SymbolResult result) => result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value));
}
