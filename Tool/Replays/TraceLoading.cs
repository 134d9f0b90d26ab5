namespace Squelch.Tool;

/// <summary>Reads trace files with a progress bar.</summary>
internal static class TraceLoading
{
    /// <summary>The trace in memory.</summary>
    public static Trace Load(string path, ProgressBoard board, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new FileInfo(path);
        ProgressBar bar = board.Add($"reading {file.Name}", file.Exists ? Math.Max(1, file.Length) : 1, ProgressUnit.Bytes);
        long seen = 0;
        Trace trace = TraceReader.Load(path, bytes =>
        {
            cancellation.ThrowIfCancellationRequested();
            bar.Advance(bytes - seen);
            seen = bytes;
        });
        bar.Finish();
        return trace;
    }
}
