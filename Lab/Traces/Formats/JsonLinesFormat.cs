using System.Text;
using System.Text.Json;

namespace Squelch.Lab;

/// <summary>One request per line of JSON. What kind of lines they are is told by a property of the first.</summary>
internal sealed class JsonLinesFormat : TraceFormat
{
    internal const int BufferBytes = 1 << 18;

    /// <summary>The kinds of lines: the property that tells, what a message says of them, and their reader.</summary>
    private static readonly (string Property, string Meaning, Func<RequestLines> Open)[] s_kinds =
    [
        ("input_tokens", "token traces (JSON with ts, input_tokens, output_tokens)", () => new TokenLines()),
        ("hash_ids", "block traces (JSON with timestamp, input_length, hash_ids, block_size)", () => new BlockHashLines()),
    ];

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public override string Name => "JSON lines";

    public override string Looks => string.Join("; ", s_kinds.Select(kind => kind.Meaning));

    /// <summary>True where a record has the list that tells a kind.</summary>
    public override bool Recognises(TraceSample sample)
        => sample.Records.Any(record => s_kinds.Any(kind => record[kind.Property] is { Kind: not JsonValueKind.Number }));

    public override Trace Load(TraceInput input, TraceReading reading)
    {
        var requests = new List<Request>();
        RequestLines? kind = null;
        foreach ((Request request, RequestLines lines) in Read(input, BufferBytes, Report))
        {
            requests.Add(request);
            kind = lines;
        }

        PartialBlockReading? partial = kind!.Settle(requests, reading.PartialBlocks);

        // Sorting keeps the order of those that arrive together.
        IReadOnlyList<Request> ordered = kind.IsUnordered ? [.. requests.OrderBy(request => request.Time)] : requests;
        return new(TraceReader.NameOf(input.Name), kind.PageTokens, ordered) 
        {
            Format = input.Describe(kind.Name),
            PartialBlocks = partial,
            Notes = partial is { Count: > 0 } ? [partial.ToString()] : [],
        };

        void Report(long bytes)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            reading.BytesRead?.Invoke(bytes);
        }
    }

    /// <summary>The requests in order, each with the reader of its kind.</summary>
    /// <exception cref="SquelchException">A line cannot be used, or there is none.</exception>
    public static IEnumerable<(Request Request, RequestLines Kind)> Read(TraceInput input, int bufferBytes, Action<long>? bytesRead)
    {
        RequestLines? kind = null;
        try
        {
            TraceSample sample = input.Sample();
            if (sample.IsOneList || sample.IsIndented)
            {
                foreach (JsonRecord record in JsonValues.Read(input, new() { BytesRead = bytesRead }))
                {
                    yield return (Parse(record, input.Name, ref kind), kind!);
                }
            }
            else
            {
                using var lines = new LineReader(input, bufferBytes, bytesRead is null ? null : () => bytesRead(input.BytesRead));
                while (Next(lines, ref kind) is { } request)
                {
                    yield return (request, kind!);
                }
            }

            if (kind is null)
            {
                throw new TraceLine(input.Name, 0).Error("the trace has no requests", "Give a file with one JSON object per line");
            }
        }
        finally
        {
            kind?.Dispose();
        }
    }

    /// <summary>A value that does not stand on one line is put on one: between values, ends of lines are but space.</summary>
    private static Request Parse(JsonRecord record, string name, ref RequestLines? kind)
    {
        byte[] line = [.. record.Bytes.Span, (byte)'\n'];
        line.AsSpan()[..^1].Replace((byte)'\n', (byte)' ');
        var place = new TraceLine(name, record.Line);
        kind ??= KindOf(new JsonLine(line, place));
        return kind.Parse(new JsonLine(line, place));
    }

    private static Request? Next(LineReader lines, ref RequestLines? kind)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (lines.Line.Number == 1 && line.StartsWith(ByteOrderMark))
            {
                line = line[ByteOrderMark.Length..];
            }

            if (line.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                kind ??= KindOf(new JsonLine(line, lines.Line));
                return kind.Parse(new JsonLine(line, lines.Line));
            }
        }

        return null;
    }

    private static RequestLines KindOf(JsonLine json)
    {
        var names = new List<string>();
        while (json.Next(out ReadOnlySpan<byte> name))
        {
            names.Add(Encoding.UTF8.GetString(name));
            json.Skip();
        }

        (string Property, string Meaning, Func<RequestLines> Open)[] found = [.. s_kinds.Where(kind => names.Contains(kind.Property))];
        return found.Length switch
        {
            1 => found[0].Open(),
            0 => throw json.Line.Error(
                $"unknown trace format: its properties are {Names.Listed(names)}",
                $"Known are {string.Join(" and ", s_kinds.Select(kind => kind.Meaning))}"),
            _ => throw json.Line.Error($"it has both {string.Join(" and ", found.Select(kind => kind.Property))}", "Remove one of them: they are two formats"),
        };
    }
}
