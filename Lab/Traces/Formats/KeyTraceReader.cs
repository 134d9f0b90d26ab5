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

    internal static IEnumerable<KeyRequest> Read(TraceInput input) => IsCsv(input) ? ReadCsv(input) : ReadOracleGeneral(input);

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

    /// <summary>True for lines, false for records.</summary>
    internal static bool IsCsv(TraceInput input) => IsNamed(input.Name, ".csv") || IsNamed(input.Name, ".txt") || BeginsWithNumbers(input.Peek(HeadBytes));

    internal static bool IsNamed(string name, string extension) => Packing.NameInside(name).EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where the first line is a CSV's. A record of oracleGeneral has bytes that no such line has, be it only the zeros of a small time.</summary>
    internal static bool BeginsWithNumbers(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = head[..(end < 0 ? Math.Min(HeadBytes, head.Length) : end)];
        return !line.IsEmpty && char.IsAsciiDigit((char)line[0]) && line.IndexOfAnyExcept("0123456789,.eE+- \r"u8) < 0;
    }
}
