using System.CommandLine;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary><c>squelch trace</c>: what traces hold, and how to make them.</summary>
internal static class TraceCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var trace = new ExampledCommand("trace", "Looks at traces, draws, converts and makes them.")
        {
            Examples = ["squelch trace info trace.jsonl.gz", "squelch trace generate --family agent --sessions 100 --out agent.jsonl.gz"],
        };
        foreach (ExampledCommand sub in (ExampledCommand[])[Info(terminal), Plot(terminal), Convert(terminal), TraceGenerateCommand.Create(terminal)])
        {
            trace.Subcommands.Add(sub);
        }

        return trace;
    }

    /// <summary>The place for a file that a command writes.</summary>
    public static Option<string> Out(string ends) => new("--out", "-o") { Description = $"The file to write: {ends}.", HelpName = "file", Required = true };

    private static ExampledCommand Info(Terminal terminal)
    {
        Argument<string> file = File();
        var keys = new KeyTraceOptions();
        Option<bool> quiet = ToolOptions.Quiet();
        var info = new ExampledCommand("info", "Shows what a trace holds and how much of it a cache of any size could reuse.")
        {
            Examples = ["squelch trace info trace.jsonl.gz"],
        };
        info.Arguments.Add(file);
        AddAll(info, [.. keys.All, quiet]);
        info.SetAction(async (parsed, cancellation) =>
        {
            Trace trace = await LoadAsync(terminal, parsed, quiet, file, keys, cancellation);
            terminal.Out.Write(TraceTable.Of(trace.Name, trace.Format, TraceInfo.Of(trace)));
            return ExitCode.Success;
        });
        return info;
    }

    private static ExampledCommand Plot(Terminal terminal)
    {
        Argument<string> file = File();
        Option<string> target = Out("an SVG, which follows light and dark");
        var keys = new KeyTraceOptions();
        Option<bool> quiet = ToolOptions.Quiet();
        var plot = new ExampledCommand("plot", "Draws input lengths, arrivals and what could be reused over time.") { Examples = ["squelch trace plot trace.jsonl.gz --out trace.svg"] };
        plot.Arguments.Add(file);
        AddAll(plot, [target, .. keys.All, quiet]);
        plot.SetAction(async (parsed, cancellation) =>
        {
            ResultFile.RefuseInputs([parsed.GetValue(target)], [parsed.GetValue(file)!]);
            Trace trace = await LoadAsync(terminal, parsed, quiet, file, keys, cancellation);
            using ResultFile svg = ResultFile.Create(parsed.GetValue(target)!);
            svg.Write(SvgCanvas.File(TraceCharts.Of(trace)));
            svg.Complete();
            return ExitCode.Success;
        });
        return plot;
    }

    private static ExampledCommand Convert(Terminal terminal)
    {
        Argument<string> file = File();
        Option<string> target = Out("JSON lines, packed where its name ends in .gz or .zst");
        var block = new Option<int?>("--block") { Description = "Writes block hashes of so many tokens instead of token ids.", HelpName = "tokens" };
        var times = new SessionTimesOptions();
        var keys = new KeyTraceOptions();
        Option<bool> quiet = ToolOptions.Quiet();
        var convert = new ExampledCommand("convert", "Writes a trace as token ids or block hashes, plain, gzip or zstd.")
        {
            Examples = ["squelch trace convert trace.jsonl.gz --out trace.jsonl.zst", "squelch trace convert trace.jsonl.gz --block 64 --out blocks.jsonl.gz", "squelch trace convert sharegpt.json --rate 5 --think lognormal --out chats.jsonl.gz"],
        };
        convert.Arguments.Add(file);
        AddAll(convert, [target, block, .. times.All, .. keys.All, quiet]);
        convert.SetAction(async (parsed, cancellation) =>
        {
            ResultFile.RefuseInputs([parsed.GetValue(target)], [parsed.GetValue(file)!]);
            Trace trace = await LoadAsync(terminal, parsed, quiet, file, keys, cancellation, times.Given(parsed));
            int? tokens = parsed.GetValue(block) ?? (trace.PageTokens > 1 ? trace.PageTokens : null);
            string path = parsed.GetValue(target)!;
            using ResultFile result = ResultFile.Create(path);
            result.Write(stream =>
            {
                if (tokens is { } size)
                {
                    TraceWriter.WriteBlocks(stream, path, trace.Requests, trace.PageTokens, size);
                }
                else
                {
                    TraceWriter.WriteTokens(stream, path, trace.Requests);
                }
            });
            result.Complete();
            terminal.Out.WriteLine($"{Number.Count(trace.Requests.Count)} requests as {(tokens is { } each ? $"blocks of {each} tokens" : "tokens")}: {path}");
            return ExitCode.Success;
        });
        return convert;
    }

    private static Argument<string> File() => new("file") { Description = "A trace file, plain, .gz or .zst." };

    private static void AddAll(Command command, IEnumerable<Option> options)
    {
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    private static Task<Trace> LoadAsync(
        Terminal terminal, ParseResult parsed, Option<bool> quiet, Argument<string> file, KeyTraceOptions keys, CancellationToken cancellation, SessionTimes? times = null)
        => ProgressBoard.WatchAsync(
            terminal,
            parsed.GetValue(quiet),
            board => Task.FromResult(TraceLoading.Load(parsed.GetValue(file)!, board, cancellation, parsed.GetValue(keys.UnitSizes), times, parsed.GetValue(keys.Columns))));
}
