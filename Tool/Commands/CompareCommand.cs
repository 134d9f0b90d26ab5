using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch compare</c>: two result files side by side.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var before = new Argument<string>("a.json") { Description = "Results of squelch replay --json." };
        var after = new Argument<string>("b.json") { Description = "Others." };
        var command = new ExampledCommand("compare", "Compares two files of results: what changed for each trace, policy and capacity.")
        {
            Examples = ["squelch compare before.json after.json"],
        };
        command.Arguments.Add(before);
        command.Arguments.Add(after);
        command.SetAction(parsed =>
        {
            ResultComparison.Write(terminal.Out, SavedResult.Read(parsed.GetValue(before)!), SavedResult.Read(parsed.GetValue(after)!));
            return ExitCode.Success;
        });
        return command;
    }
}
