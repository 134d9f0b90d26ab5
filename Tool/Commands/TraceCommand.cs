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
    public static Option<string> Out(string ends) => new("--out", "-o") { Description = $"The file to write: {ends}.", HelpName = "file|-", Required = true };

    /// <summary>Says what was written, unless that is what standard output has.</summary>
    public static void Confirm(Terminal terminal, string path, string what)
    {
        if (!terminal.IsQuiet && !RealPath.IsStandardOutput(path))
        {
            terminal.Out.WriteLine($"{what}: {path}");
        }
    }

    /// <summary>Refuses names that promise a packing that is not made.</summary>
    /// <exception cref="UsageException">The name does.</exception>
    public static void CheckPacking(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is ".bz2" or ".xz" or ".zip" or ".7z" or ".lz4" or ".br" or ".gzip" or ".tgz" or ".zstd")
        {
            throw new UsageException($"--out '{path}': traces are packed as .gz or .zst; end the name with one of them, or with .jsonl for a plain one");
        }
    }

    private static ExampledCommand Info(Terminal terminal)
    {
        Argument<string> file = File();
        var json = new JsonOption();
        var reading = new TraceOptions();
        var command = new ExampledCommand("info", "Shows what a trace holds and how much of it a cache of any size could reuse.")
        {
            Examples = ["squelch trace info trace.jsonl.gz", "squelch trace info trace.jsonl.gz --json", "zstdcat trace.jsonl.zst | squelch trace info -"],
        };
        AddAll(command, file, [.. reading.All, json]);
        command.SetAction(async (parsed, cancellation) =>
        {
            ResultPlaces.Check([(json.Name, json.Place(parsed))], [parsed.GetValue(file)!]);
            string path = parsed.GetValue(file)!;
            Trace trace = await ProgressBoard.WatchAsync(terminal, board => Task.FromResult(TraceLoading.Load(path, reading.Read(parsed), null, board, cancellation)));
            TraceLoading.CheckPartialBlocks(reading.Read(parsed), trace);
            var info = TraceInfo.Of(trace);
            return Listing.Show(terminal, json.Place(parsed), () => TraceJson.Of(trace, info), console => TraceTable.Write(console, trace, info));
        });
        return command;
    }

    private static ExampledCommand Plot(Terminal terminal)
    {
        Argument<string> file = File();
        Option<string> target = Out(".svg, which follows light and dark, or .png; - writes SVG to standard output");
        var reading = new TraceOptions();
        var plot = new ExampledCommand("plot", "Draws input lengths, arrivals and what could be reused over time.") { Examples = ["squelch trace plot trace.jsonl.gz --out trace.svg", "squelch trace plot trace.jsonl.gz --out trace.png"] };
        AddAll(plot, file, [target, .. reading.All]);
        plot.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetValue(target)!;
            bool isPng = IsPng(path);
            ResultPlaces.Check([(target.Name, path)], [parsed.GetValue(file)!]);
            Trace trace = await LoadAsync(terminal, parsed.GetValue(file)!, reading.Read(parsed), null, cancellation);
            using ResultFile picture = ResultFile.Create(path, terminal);
            if (isPng)
            {
                picture.Write(PngCanvas.File(TraceCharts.Of(trace)));
            }
            else
            {
                picture.Write(SvgCanvas.File(TraceCharts.Of(trace)));
            }

            picture.Complete();
            return ExitCode.Success;
        });
        return plot;
    }

    private static ExampledCommand Convert(Terminal terminal)
    {
        Argument<string> file = File();
        Option<string> target = Out("JSON lines, packed where its name ends in .gz or .zst");
        var block = new NumberOption<int>("--block", "a whole number of 1 or more", "64", value => value >= 1) { Description = "Writes block hashes of so many tokens instead of token ids.", HelpName = "tokens" };
        var times = new SessionTimesOptions();
        var reading = new TraceOptions();
        var convert = new ExampledCommand("convert", "Writes a trace as token ids or block hashes, plain, gzip or zstd.")
        {
            Examples = ["squelch trace convert trace.jsonl.gz --out trace.jsonl.zst", "squelch trace convert trace.jsonl.gz --block 64 --out blocks.jsonl.gz", "squelch trace convert sharegpt.json --rate 5 --think lognormal --out chats.jsonl.gz"],
        };
        AddAll(convert, file, [target, block, .. times.All, .. reading.OfFiles]);
        convert.SetAction(async (parsed, cancellation) =>
        {
            ResultPlaces.Check([(target.Name, parsed.GetValue(target))], [parsed.GetValue(file)!]);
            Trace trace = await LoadAsync(terminal, parsed.GetValue(file)!, reading.Read(parsed), times.Given(parsed), cancellation);
            CheckPacking(parsed.GetValue(target)!);
            int? tokens = block.Given(parsed) ?? (trace.PageTokens > 1 ? trace.PageTokens : null);
            string path = parsed.GetValue(target)!;
            using ResultFile result = ResultFile.Create(path, terminal);
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
            string left = trace.Model != ModelShape.Keys ? "" : trace.HasCosts ? ", a byte of a key as a token, without costs" : ", a byte of a key as a token";
            Confirm(terminal, path, $"{Number.Counted(trace.Requests.Count, "request")} as {(tokens is { } each ? $"blocks of {each} tokens" : "tokens")}{left}");
            return ExitCode.Success;
        });
        return convert;
    }

    private static Argument<string> File() => new("file") { Description = "A trace file, plain, .gz or .zst; - for standard input." };

    private static bool IsPng(string path)
        => Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => true,
            ".svg" => false,
            _ when RealPath.IsDevice(path) || RealPath.IsStandardOutput(path) => false,
            _ => throw new UsageException($"--out '{path}': pictures are written as .svg or .png; end the name with one of them"),
        };

    private static void AddAll(Command command, Argument<string> file, IEnumerable<Option> options)
    {
        command.Arguments.Add(file);
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    private static Task<Trace> LoadAsync(Terminal terminal, string path, TraceReading reading, SessionTimes? times, CancellationToken cancellation)
        => ProgressBoard.WatchAsync(terminal, board =>
        {
            Trace trace = TraceLoading.Load(path, reading, times, board, cancellation);
            TraceLoading.CheckPartialBlocks(reading, trace);
            board.Note(trace);
            return Task.FromResult(trace);
        });
}
