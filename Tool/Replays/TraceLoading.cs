namespace Squelch.Tool;

/// <summary>Reads trace files with a progress bar.</summary>
internal static class TraceLoading
{
    private const string StandardInput = "-";
    private const string StandardInputName = "stdin";

    /// <summary>All formats of the lab, and conversations.</summary>
    /// <param name="times">When conversations begin and go on; null for their own times, or where they have none, for one per second that goes on 10 seconds later in the mean.</param>
    public static IReadOnlyList<TraceFormat> Formats(SessionTimes? times) => [.. TraceFormats.All, new ConversationFormat(times)];

    /// <summary>The trace in memory.</summary>
    /// <param name="path">Requests, or keys; <c>-</c> is standard input.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="times">When conversations begin and go on; null where nobody says it.</param>
    /// <param name="board">Shows how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ToolException">The trace cannot be read or understood.</exception>
    public static Trace Load(string path, TraceReading reading, SessionTimes? times, ProgressBoard board, CancellationToken cancellation)
        => ToolException.Blame(ExitCode.Input, () => Read(path, reading, times, board, cancellation));

    /// <summary>Refuses to read partial blocks in one way where no trace has blocks.</summary>
    /// <exception cref="UsageException">None has.</exception>
    public static void CheckPartialBlocks(TraceReading reading, params IReadOnlyList<Trace> traces)
    {
        if (reading.PartialBlocks != PartialBlocks.Auto && traces.All(trace => trace.PartialBlocks is null))
        {
            throw new UsageException($"{(traces.Count == 1 ? $"'{traces[0].Name}' has" : "the traces have")} no blocks; --partial-blocks is for traces of block hashes. Leave it out.");
        }
    }

    private static Trace Read(string path, TraceReading reading, SessionTimes? times, ProgressBoard board, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new FileInfo(path);
        ProgressBar bar = board.Add($"reading {file.Name}", file.Exists ? Math.Max(1, file.Length) : 1, ProgressUnit.Bytes);
        long seen = 0;
        using TraceInput input = path == StandardInput ? new(Console.OpenStandardInput(), StandardInputName) : TraceInput.Open(path);
        TraceFormat format = TraceFormats.Of(Formats(times), input, reading.Columns);
        if (times is not null && format is not ConversationFormat)
        {
            throw new UsageException($"'{path}' has times of its own; --rate, --think, --think-seconds and --seed are for conversations, which have none. Leave them out.");
        }

        if (reading.Rank is not null && format != TraceFormats.KvEvents)
        {
            throw new UsageException($"'{path}' has no ranks; --rank is for logs of KV events. Leave it out.");
        }

        Trace trace = format.Load(input, reading with { BytesRead = Report, Cancellation = cancellation });
        bar.Finish();
        if (reading.UnitSizes && trace.Model != ModelShape.Keys)
        {
            throw new UsageException($"'{path}' has no keys; --unit-sizes is for key traces. Leave it out.");
        }

        return trace;

        void Report(long bytes)
        {
            bar.Advance(bytes - seen);
            seen = bytes;
        }
    }
}
