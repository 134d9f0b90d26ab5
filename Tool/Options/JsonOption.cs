using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>--json</c> of the commands that show a table: JSON instead of it on standard output, or beside it in a file.</summary>
internal sealed class JsonOption : Option<string?>
{
    /// <summary>Not for a command whose arguments may be missing: the option would take the first of them for its file.</summary>
    public JsonOption()
        : base("--json")
    {
        Arity = ArgumentArity.ZeroOrOne;
        HelpName = "file";
        Description = "Writes JSON instead of the table; with the name of a file, into that beside the table.";
    }

    /// <summary>Where JSON is wanted: a file, <c>-</c> for standard output, or null for nowhere.</summary>
    public string? Place(ParseResult parsed)
        => parsed.GetResult(this) is { Implicit: false } ? parsed.GetValue(this) ?? StandardOutput.Name : null;
}
