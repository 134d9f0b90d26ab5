namespace Squelch.Lab;

/// <summary>The formats of trace files.</summary>
public static class TraceFormats
{
    /// <summary>A first value longer than this is no trace's.</summary>
    private const int MostSampled = 1 << 26;

    private static readonly KeyFormat s_keys = new();

    /// <summary>Logs of KV events, the only ones with ranks.</summary>
    public static TraceFormat KvEvents { get; } = new KvEventFormat();

    /// <summary>All of the lab's. The first that recognises a file reads it.</summary>
    public static IReadOnlyList<TraceFormat> All { get; } = [KvEvents, new JsonLinesFormat(), s_keys];

    /// <summary>The format of a file.</summary>
    /// <param name="formats">To choose from.</param>
    /// <param name="input">Stays unread.</param>
    /// <param name="columns">Which column is what, where the user says that it is a key trace; else null.</param>
    /// <exception cref="SquelchException">No format recognises it; the message says what was seen, and which formats there are.</exception>
    public static TraceFormat Of(IReadOnlyList<TraceFormat> formats, TraceInput input, KeyColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(input);
        for (int bytes = TraceInput.SampleBytes; ; bytes *= 4)
        {
            TraceSample sample = input.Sample(bytes);
            if (columns is not null && !sample.IsJson && !OracleGeneralRecords.Are(sample))
            {
                return s_keys;
            }

            if (formats.FirstOrDefault(format => format.Recognises(sample)) is { } found)
            {
                return columns is null ? found : throw new TraceLine(input.Name, 0).Error($"its columns are given, but it has none: it is {found.Looks}", "Leave --columns out");
            }

            if (sample.IsDecided || bytes >= MostSampled)
            {
                if (sample.Fault is null && sample.Records is [var first, ..] && TokenCounts.Among(first.Properties.Keys) is { Length: > 0 } counts)
                {
                    throw new TraceLine(input.Name, 0).Error(TokenCounts.Describe(counts), TokenCounts.Remedy);
                }

                throw sample.Fault is { } fault
                    ? new TraceLine(input.Name, 0).Error(fault, "Write the file again, or remove what is broken")
                    : new TraceLine(input.Name, 0).Error($"unknown trace format: {sample.Describe()}", $"Known are {string.Join("; ", formats.Select(format => format.Looks))}");
            }
        }
    }
}
