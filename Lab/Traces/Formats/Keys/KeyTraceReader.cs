namespace Squelch.Lab;

/// <summary>
/// Streams key traces, plain, gzip or zstd (found by the first bytes). They are oracleGeneral records (libCacheSim's binary format), or lines of keys,
/// sizes and times: see docs/formats.md. Whatever cannot be used is a <see cref="SquelchException"/> that names file, place, fault and remedy.
/// </summary>
public static class KeyTraceReader
{
    private const int BufferBytes = 1 << 18;

    /// <summary>So much of comments may stand before the first key.</summary>
    private const int MostSampled = 1 << 24;

    /// <summary>Streams the requests of a file, in file order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Which column is what; null to find it.</param>
    /// <param name="unitSizes">True to count every key as 1, whatever size the file gives; it may be 0 or above <see cref="int.MaxValue"/>.</param>
    public static IEnumerable<KeyRequest> Read(string path, KeyColumns? columns = null, bool unitSizes = false)
    {
        TraceInput input = TraceInput.Open(path);
        return columns is null && OracleGeneralRecords.Are(input.Sample()) ? ReadOracleGeneral(input, unitSizes, null) : ReadCsv(input, columns, unitSizes);
    }

    /// <summary>Streams lines of keys; the stream is closed at the end.</summary>
    /// <param name="stream">Text, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="columns">Which column is what; null to find it.</param>
    /// <param name="unitSizes">True to count every key as 1.</param>
    public static IEnumerable<KeyRequest> ReadCsv(Stream stream, string name, KeyColumns? columns = null, bool unitSizes = false)
        => ReadCsv(new TraceInput(stream, name), columns, unitSizes);

    /// <summary>Streams oracleGeneral records; the stream is closed at the end.</summary>
    /// <param name="stream">Records, plain, gzip or zstd.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="unitSizes">True to count every key as 1.</param>
    public static IEnumerable<KeyRequest> ReadOracleGeneral(Stream stream, string name, bool unitSizes = false) => ReadOracleGeneral(new TraceInput(stream, name), unitSizes, null);

    /// <summary>How the lines of a file are laid out.</summary>
    internal static KeyLayout LayoutOf(TraceInput input, KeyColumns? columns)
    {
        int bytes = TraceInput.SampleBytes;
        TraceSample sample = input.Sample(bytes);
        while (!sample.IsWhole && bytes < MostSampled && KeySample.Of(sample, columns is not null) is { Rows.Count: 0 })
        {
            bytes *= 4;
            sample = input.Sample(bytes);
        }

        return KeyLayoutFinder.Find(sample, columns);
    }

    /// <summary>Opens the lines of a file.</summary>
    internal static LineReader LinesOf(TraceInput input, KeyLayout layout, Action? refilled = null) => new(input, BufferBytes, refilled, layout.LineEnd);

    internal static IEnumerable<KeyRequest> ReadOracleGeneral(TraceInput input, bool unitSizes, Action? refilled)
    {
        using TraceInput closed = input;
        var records = new OracleGeneralRecords(input, BufferBytes, unitSizes, refilled);
        while (records.Next(out KeyRequest request))
        {
            yield return request;
        }
    }

    internal static bool IsNamed(string name, string extension) => Packing.NameInside(name).EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyRequest> ReadCsv(TraceInput input, KeyColumns? columns, bool unitSizes)
    {
        using TraceInput closed = input;
        KeyLayout layout = LayoutOf(input, columns);
        using LineReader lines = LinesOf(input, layout);
        var keys = new KeyLines(lines, layout, unitSizes);
        while (keys.Next(out KeyRequest request))
        {
            yield return request;
        }
    }
}
