using System.CommandLine;
using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>An option that a command does not have would be taken for the name of a file, or of a policy.</summary>
internal static class MistypedOption
{
    /// <summary>Lets all arguments of a command and of those below it refuse what looks like an option, and units of sizes that stand alone.</summary>
    public static void RefuseIn(Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(result => Refuse(result, command));
        }

        foreach (Command sub in command.Subcommands)
        {
            RefuseIn(sub);
        }
    }

    private static void Refuse(ArgumentResult result, Command command)
    {
        foreach (string word in result.Tokens.Select(token => token.Value))
        {
            if (ByteSize.IsUnit(word) && MisplacedWord.Hint(command, word) is { } hint)
            {
                result.AddError(hint);
            }
            else if (word.StartsWith('-') && word.Length > 1)
            {
                string name = word.Split('=')[0];
                string remedy = NearestName.Find(name, command.Options.Select(option => option.Name)) is { } nearest ? $"did you mean '{nearest}'?" : $"a file of that name is ./{word}";
                result.AddError($"there is no option '{name}' of squelch {Path(command)}; {remedy}");
            }
        }
    }

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } above and not RootCommand ? $"{above.Name} {command.Name}" : command.Name;
}
