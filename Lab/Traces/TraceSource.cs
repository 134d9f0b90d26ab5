namespace Squelch.Lab;

/// <summary>One trace being read, once.</summary>
internal sealed class TraceSource(TraceInput input, int bufferBytes, Action<long>? bytesRead)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Tokens per page; known after the last request.</summary>
    public int PageTokens { get; private set; }

    /// <summary>The format and how it is packed; known after the last request.</summary>
    public string Format { get; private set; } = "";

    public IEnumerable<Request> Requests()
    {
        using TraceInput closed = input;
        using var lines = new LineReader(input, bufferBytes, bytesRead is null ? null : () => bytesRead(input.BytesRead));
        TraceFormat? format = null;
        try
        {
            while (Next(lines, ref format) is { } request)
            {
                yield return request;
            }

            PageTokens = format?.PageTokens
                ?? throw new TraceLine(input.Name, 0).Error("the trace has no requests", "Give a file with one JSON object per line");
            Format = input.Describe(format.Name);
        }
        finally
        {
            format?.Dispose();
        }
    }

    private static Request? Next(LineReader lines, ref TraceFormat? format)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (lines.Line.Number == 1 && line.StartsWith(ByteOrderMark))
            {
                line = line[ByteOrderMark.Length..];
            }

            if (line.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                format ??= TraceFormat.Detect(new JsonLine(line, lines.Line));
                return format.Parse(new JsonLine(line, lines.Line));
            }
        }

        return null;
    }
}
