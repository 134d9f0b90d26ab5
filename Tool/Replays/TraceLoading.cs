namespace Squelch.Tool;

/// <summary>Reads trace files with a progress bar.</summary>
internal static class TraceLoading
{
    /// <summary>The trace in memory.</summary>
    /// <param name="path">Requests, or keys.</param>
    /// <param name="board">Shows how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="unitSizes">Counts every key of a key trace as 1.</param>
    /// <param name="times">
    /// When conversations begin and go on; null for their own times, or where they have none, for one per second that goes on 10 seconds later in the mean.
    /// </param>
    public static Trace Load(string path, ProgressBoard board, CancellationToken cancellation, bool unitSizes = false, SessionTimes? times = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new FileInfo(path);
        ProgressBar bar = board.Add($"reading {file.Name}", file.Exists ? Math.Max(1, file.Length) : 1, ProgressUnit.Bytes);
        long seen = 0;
        using TraceInput input = TraceInput.Open(path);
        TraceFormat format = TraceFormats.Of([.. TraceFormats.All, new ConversationFormat(times)], input);
        if (times is not null && format is not ConversationFormat)
        {
            throw new SquelchException($"'{path}' has times of its own; --rate, --think, --think-seconds and --seed are for conversations, which have none. Leave them out.");
        }

        Trace trace = format.Load(input, new TraceReading { UnitSizes = unitSizes, BytesRead = Report, Cancellation = cancellation });
        bar.Finish();
        return trace;

        void Report(long bytes)
        {
            bar.Advance(bytes - seen);
            seen = bytes;
        }
    }
}
