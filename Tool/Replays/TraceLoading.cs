namespace Squelch.Tool;

/// <summary>Reads trace files with a progress bar.</summary>
internal static class TraceLoading
{
    /// <summary>The trace in memory.</summary>
    /// <param name="path">Requests, or keys.</param>
    /// <param name="board">Shows how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="unitSizes">Counts every key of a key trace as 1.</param>
    public static Trace Load(string path, ProgressBoard board, CancellationToken cancellation, bool unitSizes = false)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new FileInfo(path);
        ProgressBar bar = board.Add($"reading {file.Name}", file.Exists ? Math.Max(1, file.Length) : 1, ProgressUnit.Bytes);
        long seen = 0;
        try
        {
            Trace trace = KeyTraceReader.Recognises(path) ? KeyTraceReader.Load(path, unitSizes)
                : ConversationReader.Recognises(path) ? ConversationReader.Load(path, cancellation)
                : KvEventReader.Recognises(path) ? KvEventReader.Load(path, cancellation)
                : TraceReader.Load(path, Report);
            bar.Finish();
            return trace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "it is a folder; give the name of a file" : exception.Message;
            throw new SquelchException($"cannot read '{path}': {reason}", exception);
        }

        void Report(long bytes)
        {
            cancellation.ThrowIfCancellationRequested();
            bar.Advance(bytes - seen);
            seen = bytes;
        }
    }
}
