namespace Squelch.Lab;

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
    public static IEnumerable<Request> Read(string path, Action<long>? bytesRead = null) => new TraceSource(TraceInput.Open(path), BufferBytes, bytesRead).Requests();

    /// <summary>Streams the requests of a stream, in order; the stream is closed at the end.</summary>
    /// <param name="stream">JSON lines, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<Request> Read(Stream stream, string name = "trace") => Read(stream, name, BufferBytes);

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Hears now and then how many bytes of the file have been read.</param>
    public static Trace Load(string path, Action<long>? bytesRead = null) => Load(TraceInput.Open(path), bytesRead);

    /// <summary>Reads a stream into memory, and closes it.</summary>
    /// <param name="stream">JSON lines, plain, gzip or zstd.</param>
    /// <param name="name">The trace's name, and what messages call it.</param>
    public static Trace Load(Stream stream, string name) => Load(new TraceInput(stream, name));

    /// <summary>Reads a trace into memory, and closes it.</summary>
    /// <param name="input">JSON lines.</param>
    /// <param name="bytesRead">Hears now and then how many bytes have been read.</param>
    public static Trace Load(TraceInput input, Action<long>? bytesRead = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var source = new TraceSource(input, BufferBytes, bytesRead);
        var requests = new List<Request>(source.Requests());
        return new(NameOf(input.Name), source.PageTokens, requests) { Format = source.Format };
    }

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

    internal static IEnumerable<Request> Read(Stream stream, string name, int bufferBytes) => new TraceSource(new TraceInput(stream, name), bufferBytes, null).Requests();
}
