namespace Squelch.Lab;

/// <summary>The formats of trace files.</summary>
public static class TraceFormats
{
    /// <summary>A first value longer than this is no trace's.</summary>
    private const int MostSampled = 1 << 26;

    /// <summary>Logs of KV events, the only ones with ranks.</summary>
    public static TraceFormat KvEvents { get; } = new KvEventFormat();

    /// <summary>All of the lab's. The first that recognises a file reads it.</summary>
    public static IReadOnlyList<TraceFormat> All { get; } = [KvEvents, new JsonLinesFormat(), new KeyFormat()];

    /// <summary>The format of a file.</summary>
    /// <param name="formats">To choose from.</param>
    /// <param name="input">Stays unread.</param>
    /// <exception cref="SquelchException">No format recognises it; the message says what was seen, and which formats there are.</exception>
    public static TraceFormat Of(IReadOnlyList<TraceFormat> formats, TraceInput input)
    {
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(input);
        for (int bytes = TraceInput.SampleBytes; ; bytes *= 4)
        {
            TraceSample sample = input.Sample(bytes);
            if (formats.FirstOrDefault(format => format.Recognises(sample)) is { } found)
            {
                return found;
            }

            if (sample.IsDecided || bytes >= MostSampled)
            {
                throw sample.Fault is { } fault
                    ? new TraceLine(input.Name, 0).Error(fault, "Write the file again, or remove what is broken")
                    : new TraceLine(input.Name, 0).Error($"unknown trace format: {sample.Describe()}", $"Known are {string.Join("; ", formats.Select(format => format.Looks))}");
            }
        }
    }
}
