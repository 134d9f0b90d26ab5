namespace Squelch;

/// <summary>
/// Reads traces: JSON lines, plain, gzip or zstd, either with token ids (Marconi's format) or with block hashes (Mooncake's). The format is
/// found by the first line, compression by the first bytes. Whatever cannot be used is a <see cref="SquelchException"/> that names file,
/// line, fault and remedy.
/// </summary>
public static class TraceReader
{
    private const int BufferBytes = 1 << 18;

    /// <summary>Streams the requests of a file, in file order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Hears now and then how many bytes of the file have been read.</param>
    public static IEnumerable<Request> Read(string path, Action<long>? bytesRead = null) => Open(path, bytesRead).Requests();

    /// <summary>Streams the requests of a stream, in order; the stream is closed at the end.</summary>
    /// <param name="stream">JSON lines, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<Request> Read(Stream stream, string name = "trace") => Read(stream, name, BufferBytes);

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Hears now and then how many bytes of the file have been read.</param>
    public static Trace Load(string path, Action<long>? bytesRead = null) => Load(Open(path, bytesRead), NameOf(path));

    /// <summary>Reads a stream into memory, and closes it.</summary>
    /// <param name="stream">JSON lines, plain, gzip or zstd.</param>
    /// <param name="name">The trace's name, and what messages call it.</param>
    public static Trace Load(Stream stream, string name) => Load(new TraceSource(stream, name, BufferBytes, null), NameOf(name));

    /// <summary>The plain bytes of a file, whatever it is packed with.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Stream OpenPlain(string path)
        => Packing.Unpack(new PeekedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan)));

    /// <summary>A trace's name: the file name without folders and the extensions .gz, .zst, .jsonl, .json.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        foreach (string extension in (ReadOnlySpan<string>)[".gz", ".zst", ".jsonl", ".json"])
        {
            if (name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                name = name[..^extension.Length];
            }
        }

        return name;
    }

    internal static IEnumerable<Request> Read(Stream stream, string name, int bufferBytes) => new TraceSource(stream, name, bufferBytes, null).Requests();

    private static Trace Load(TraceSource source, string name)
    {
        var requests = new List<Request>(source.Requests());
        return new(name, source.PageTokens, requests);
    }

    private static TraceSource Open(string path, Action<long>? bytesRead)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), path, BufferBytes, bytesRead);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason = Directory.Exists(path) ? "it is a folder" : unreadable.Message.TrimEnd('.');
            throw new TraceLine(path, 0).Error($"the trace cannot be read ({reason})", "Check the path and its permissions", unreadable);
        }
    }
}
