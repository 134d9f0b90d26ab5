using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>
/// Streams key traces, plain, gzip or zstd (found by the first bytes). Files named .csv or .txt, or whose first line is numbers between commas, are lines
/// of key[,size[,time]]; others are oracleGeneral records (libCacheSim's binary format). Whatever cannot be used is a <see cref="SquelchException"/>
/// that names file, place, fault and remedy.
/// </summary>
public static class KeyTraceReader
{
    private const int BufferBytes = 1 << 18;
    private const int HeadBytes = 64;

    /// <summary>Streams the requests of a file, in file order.</summary>
    /// <param name="path">The file.</param>
    public static IEnumerable<KeyRequest> Read(string path) => Read(TraceInput.Open(path));

    /// <summary>Streams lines of key[,size[,time]]; the stream is closed at the end. A first line of names is skipped, as are empty ones.</summary>
    /// <param name="stream">CSV, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<KeyRequest> ReadCsv(Stream stream, string name) => ReadCsv(new TraceInput(stream, name));

    /// <summary>Streams oracleGeneral records; the stream is closed at the end.</summary>
    /// <param name="stream">Records, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    public static IEnumerable<KeyRequest> ReadOracleGeneral(Stream stream, string name) => ReadOracleGeneral(new TraceInput(stream, name));

    /// <summary>True where the name says that it holds keys (.csv, or oracleGeneral in it), or the first line is numbers between commas.</summary>
    /// <param name="input">Stays unread.</param>
    public static bool Recognises(TraceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Path.GetFileName(input.Name).Contains("oracleGeneral", StringComparison.OrdinalIgnoreCase) || IsNamed(input, ".csv") || BeginsWithNumbers(input);
    }

    /// <summary>
    /// Reads keys as a trace of requests, so that it can be replayed as others are, and closes the input: a key is a page, and its size in bytes the
    /// request's tokens.
    /// </summary>
    /// <param name="input">The keys.</param>
    /// <param name="unitSizes">True to count every key as 1.</param>
    /// <exception cref="SquelchException">The input cannot be used, or holds no request.</exception>
    public static Trace Load(TraceInput input, bool unitSizes = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        string format = input.Describe(IsCsv(input) ? "keys (CSV)" : "keys (oracleGeneral)");
        var pages = new Dictionary<ulong, int>();
        List<(int Page, int Size, double Time)> known = [];
        foreach (KeyRequest request in Read(input))
        {
            if (known.Count > 0 && request.Time < known[^1].Time)
            {
                throw new TraceLine(input.Name, 0).Error(
                    FormattableString.Invariant($"request {known.Count + 1}: the time is {request.Time}, less than {known[^1].Time} on the request before"),
                    "Requests stand in order of arrival: sort them by time, or leave the times out");
            }

            ref int page = ref CollectionsMarshal.GetValueRefOrAddDefault(pages, request.Key, out bool exists);
            page = exists ? page : pages.Count - 1;
            known.Add((page, unitSizes ? 1 : request.Size, request.Time));
        }

        if (known.Count == 0)
        {
            throw new TraceLine(input.Name, 0).Error("the trace has no requests", "Give a file with keys");
        }

        int[] all = [.. known.Select(request => request.Page)];
        return new(NameOf(input.Name), known.Max(request => request.Size), [.. known.Select((request, i) => new Request
        {
            Pages = all.AsMemory(i, 1),
            InputPages = 1,
            InputTokens = request.Size,
            Time = request.Time - known[0].Time,
        })])
        {
            Model = ModelShape.Keys,
            Format = format,
        };
    }

    private static IEnumerable<KeyRequest> Read(TraceInput input) => IsCsv(input) ? ReadCsv(input) : ReadOracleGeneral(input);

    private static IEnumerable<KeyRequest> ReadCsv(TraceInput input)
    {
        using TraceInput closed = input;
        using var lines = new LineReader(input, BufferBytes, null);
        while (KeyCsv.Next(lines, out KeyRequest request))
        {
            yield return request;
        }
    }

    private static IEnumerable<KeyRequest> ReadOracleGeneral(TraceInput input)
    {
        using TraceInput closed = input;
        var records = new OracleGeneralRecords(input, BufferBytes);
        while (records.Next(out KeyRequest request))
        {
            yield return request;
        }
    }

    private static bool IsCsv(TraceInput input) => IsNamed(input, ".csv") || IsNamed(input, ".txt") || BeginsWithNumbers(input);

    private static bool IsNamed(TraceInput input, string extension) => Packing.NameInside(input.Name).EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where the first line is a CSV's. A record of oracleGeneral has bytes that no such line has, be it only the zeros of a small time.</summary>
    private static bool BeginsWithNumbers(TraceInput input)
    {
        ReadOnlySpan<byte> head = input.Peek(HeadBytes);
        int end = head.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = head[..(end < 0 ? head.Length : end)];
        return !line.IsEmpty && char.IsAsciiDigit((char)line[0]) && line.IndexOfAnyExcept("0123456789,.eE+- \r"u8) < 0;
    }

    private static string NameOf(string path)
    {
        string name = TraceReader.NameOf(path);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}
