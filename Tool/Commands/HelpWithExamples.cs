using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Squelch.Tool;

/// <summary>The usual help, followed by examples of the command; that of squelch itself says what else holds for all of them.</summary>
/// <param name="help">The usual help.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly string[] s_rootExamples = ["squelch", "squelch replay trace.jsonl.gz --capacity 20GB,40GB", "squelch explain Marconi"];

    private static readonly string[] s_pipes =
    [
        "A trace named - is read from standard input; a result named - goes to standard output, and the tables are left out.",
        "Where standard output is no terminal, tables are plain: a line per row, columns at least two blanks apart, - for an empty cell, # before other lines.",
        "Colours show on terminals alone, and not where NO_COLOR is set. COLUMNS says how wide a terminal is.",
    ];

    /// <summary>Whoever asks for help may leave the rest of the command line unfinished.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case RootCommand:
                Section(output, "Examples:", s_rootExamples);
                Section(output, "Pipes:", s_pipes);
                Section(output, "Exit codes:", ExitCode.All.Select(row => $"{row.Code,-4} {row.Meaning}"));
                break;
            case ExampledCommand command:
                Section(output, "Examples:", command.Examples);
                break;
        }

        return code;
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine(title);
        foreach (string line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
