using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch trace info</c>: what a trace holds.</summary>
internal static class TraceCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A trace file, plain or .gz." };
        Option<bool> quiet = ToolOptions.Quiet();
        var info = new ExampledCommand("info", "Shows what a trace holds and how much of it a cache of any size could reuse.")
        {
            Examples = ["squelch trace info trace.jsonl.gz"],
        };
        info.Arguments.Add(file);
        info.Options.Add(quiet);
        info.SetAction(async (parsed, cancellation) =>
        {
            Trace trace = await ProgressBoard.WatchAsync(
                terminal,
                parsed.GetValue(quiet),
                board => Task.FromResult(TraceLoading.Load(parsed.GetValue(file)!, board, cancellation)));
            terminal.Out.Write(TraceTable.Of(trace.Name, TraceInfo.Of(trace)));
            return ExitCode.Success;
        });

        var trace = new ExampledCommand("trace", "Looks at traces.") { Examples = info.Examples };
        trace.Subcommands.Add(info);
        return trace;
    }
}
