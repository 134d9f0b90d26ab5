namespace Squelch.Lab;

/// <summary>The formats of trace files.</summary>
public static class TraceFormats
{
    /// <summary>All of the lab's. The first that recognises a file reads it; JSON lines, last, take whatever is left and say what is wrong with it.</summary>
    public static IReadOnlyList<TraceFormat> All { get; } = [new KeyFormat(), new KvEventFormat(), new JsonLinesFormat()];

    /// <summary>The format of a file.</summary>
    /// <param name="formats">To choose from; the last takes what no other recognises.</param>
    /// <param name="input">Stays unread.</param>
    public static TraceFormat Of(IReadOnlyList<TraceFormat> formats, TraceInput input)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return formats.FirstOrDefault(format => format.Recognises(input)) ?? formats[^1];
    }
}
