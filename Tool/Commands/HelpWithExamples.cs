using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Squelch.Tool;

/// <summary>The usual help, followed by examples of the command.</summary>
/// <param name="help">The usual help.</param>
/// <param name="examples">Example command lines by command.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string[]> examples) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help may leave the rest of the command line unfinished.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out string[]? lines))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in lines)
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return code;
    }
}
