namespace Squelch;

/// <summary>
/// Streams key traces, plain, gzip or zstd (found by the first bytes). Files named .csv, .csv.gz, .txt or .txt.gz are lines of key[,size[,time]]; all
/// others are oracleGeneral records (libCacheSim's binary format). Whatever cannot be used is a <see cref="SquelchException"/> that names file, place,
/// fault and remedy.
/// </summary>
public static class KeyTraceReader
{
    private const int BufferBytes = 1 << 18;

    /// <summary>Streams the requests of a file, in file order.</summary>
    /// <param name="path">The file.</param>
    public static IEnumerable<KeyRequest> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Stream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason = Directory.Exists(path) ? "it is a folder" : unreadable.Message.TrimEnd('.');
            throw new TraceLine(path, 0).Error($"the trace cannot be read ({reason})", "Check the path and its permissions", unreadable);
        }

        return IsCsv(path) ? ReadCsv(file, path) : ReadOracleGeneral(file, path);
    }

    /// <summary>True where the name says that a file holds keys: .csv, or oracleGeneral in it.</summary>
    public static bool Recognises(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetFileName(path).Contains("oracleGeneral", StringComparison.OrdinalIgnoreCase) || (IsCsv(path) && !path.Contains(".txt", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Reads a file as a trace of requests, so that it can be replayed as others are: a key is a page, and its size in bytes the request's tokens.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="unitSizes">True to count every key as 1.</param>
    /// <exception cref="SquelchException">The file cannot be used, or holds no request.</exception>
    public static Trace Load(string path, bool unitSizes = false)
    {
        var pages = new Dictionary<ulong, int>();
        List<(int Page, int Size, double Time)> known = [];
        foreach (KeyRequest request in Read(path))
        {
            ref int page = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(pages, request.Key, out bool exists);
            page = exists ? page : pages.Count;
            known.Add((page, unitSizes ? 1 : request.Size, request.Time));
        }

        if (known.Count == 0)
        {
            throw new TraceLine(path, 0).Error("the trace has no requests", "Give a file with keys");
        }

        int[] all = [.. known.Select(request => request.Page)];
        return new(NameOf(path), known.Max(request => request.Size), [.. known.Select((request, i) => new Request
        {
            Pages = all.AsMemory(i, 1),
            InputPages = 1,
            InputTokens = request.Size,
            Time = request.Time - known[0].Time,
        })])
        {
            Model = ModelShape.Keys,
        };
    }

    private static string NameOf(string path)
    {
        string name = TraceReader.NameOf(path);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    /// <summary>Streams lines of key[,size[,time]]; the stream is closed at the end. A first line of names is skipped, as are empty ones.</summary>
    /// <param name="stream">CSV, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<KeyRequest> ReadCsv(Stream stream, string name)
    {
        using var peeked = new PeekedStream(stream);
        using Stream text = Packing.Unpack(peeked);
        using var lines = new LineReader(text, name, BufferBytes, null);
        while (KeyCsv.Next(lines, out KeyRequest request))
        {
            yield return request;
        }
    }

    /// <summary>Streams oracleGeneral records; the stream is closed at the end.</summary>
    /// <param name="stream">Records, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<KeyRequest> ReadOracleGeneral(Stream stream, string name)
    {
        using var peeked = new PeekedStream(stream);
        using Stream bytes = Packing.Unpack(peeked);
        var records = new OracleGeneralRecords(bytes, name, BufferBytes);
        while (records.Next(out KeyRequest request))
        {
            yield return request;
        }
    }

    /// <summary>True where the name says CSV.</summary>
    private static bool IsCsv(string path)
    {
        string name = Packing.NameInside(path);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
    }
}
