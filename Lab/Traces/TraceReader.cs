namespace Squelch.Lab;

/// <summary>
/// Reads traces, plain, gzip or zstd. The format is found by the name or the beginning of the file (<see cref="TraceFormats"/>), compression by the
/// first bytes. Whatever cannot be used is a <see cref="SquelchException"/> that names file, place, fault and remedy.
/// </summary>
public static class TraceReader
{
    /// <summary>
    /// Streams the requests of a file of JSON lines, in file order. Partial last blocks are pages (<see cref="PartialBlocks.Keep"/>): whether they come again,
    /// only the whole trace tells.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Hears now and then how many bytes of the file have been read.</param>
    public static IEnumerable<Request> Read(string path, Action<long>? bytesRead = null) => Read(TraceInput.Open(path), JsonLinesFormat.BufferBytes, bytesRead);

    /// <summary>Streams the requests of a stream of JSON lines, in order, as <see cref="Read(string, Action{long}?)"/> does; the stream is closed at the end.</summary>
    /// <param name="stream">JSON lines, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<Request> Read(Stream stream, string name = "trace") => Read(stream, name, JsonLinesFormat.BufferBytes);

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesRead">Hears now and then how many bytes of the file have been read.</param>
    public static Trace Load(string path, Action<long>? bytesRead = null)
    {
        using TraceInput input = TraceInput.Open(path);
        return Load(input, new TraceReading { BytesRead = bytesRead });
    }

    /// <summary>Reads a stream into memory, and closes it.</summary>
    /// <param name="stream">A trace, plain, gzip or zstd.</param>
    /// <param name="name">The trace's name, and what messages call it.</param>
    public static Trace Load(Stream stream, string name)
    {
        using var input = new TraceInput(stream, name);
        return Load(input, new TraceReading());
    }

    /// <summary>Reads a trace into memory.</summary>
    /// <param name="input">The trace; the caller closes it.</param>
    /// <param name="reading">What is asked for besides the requests.</param>
    public static Trace Load(TraceInput input, TraceReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return TraceFormats.Of(TraceFormats.All, input, reading.Columns).Load(input, reading);
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

    internal static IEnumerable<Request> Read(Stream stream, string name, int bufferBytes) => Read(new TraceInput(stream, name), bufferBytes, null);

    private static IEnumerable<Request> Read(TraceInput input, int bufferBytes, Action<long>? bytesRead)
    {
        using TraceInput closed = input;
        foreach ((Request request, _) in JsonLinesFormat.Read(input, bufferBytes, bytesRead))
        {
            yield return request;
        }
    }
}
