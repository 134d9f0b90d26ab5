using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>
/// Keys, as lines or oracleGeneral records, as a trace of requests, so that it can be replayed as others are: a key is a page, and its size in bytes the
/// request's tokens.
/// </summary>
internal sealed class KeyFormat : TraceFormat
{
    public override string Name => "keys";

    public override string Looks => "keys (lines of key, size and time, or with a header that names them, or any with --columns; oracleGeneral records)";

    /// <summary>
    /// True where the name says that it holds keys (.csv, .tsv, .lis, or oracleGeneral in it), or its beginning is such records, or lines that agree on
    /// what their columns are.
    /// </summary>
    public override bool Recognises(TraceSample sample)
    {
        if (sample.IsJson || OracleGeneralRecords.Are(sample))
        {
            return !sample.IsJson;
        }

        if (!TraceSample.IsText(sample.Head.Span) || KeySample.IsTable(sample.Name) || KeyTraceReader.IsNamed(sample.Name, ".lis"))
        {
            return TraceSample.IsText(sample.Head.Span);
        }

        try
        {
            return KeyLayoutFinder.Find(sample, null).IsTelling;
        }
        catch (SquelchException)
        {
            // What is a table of numbers is refused in words about its columns.
            return KeySample.Of(sample, takesBlanks: false) is { IsTableOfNumbers: true };
        }
    }

    public override Trace Load(TraceInput input, TraceReading reading)
    {
        if (reading.Columns is null && OracleGeneralRecords.Are(input.Sample()))
        {
            return Load(input, reading, "keys (oracleGeneral)", "", KeyTraceReader.ReadOracleGeneral(input, reading.UnitSizes, Report));
        }

        KeyLayout layout = KeyTraceReader.LayoutOf(input, reading.Columns);
        using LineReader lines = KeyTraceReader.LinesOf(input, layout, Report);
        var keys = new KeyLines(lines, layout, reading.UnitSizes);
        string withoutTime = layout.Time < 0 ? "" : $": --columns {layout.AsOption(KeyRole.Time)}";
        Trace trace = Load(input, reading, layout.Describe(), withoutTime, Requests(keys));
        return trace with { Notes = [.. KeyNotes.Of(trace, layout, keys)] };

        void Report()
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            reading.BytesRead?.Invoke(input.BytesRead);
        }
    }

    private static IEnumerable<KeyRequest> Requests(KeyLines keys)
    {
        while (keys.Next(out KeyRequest request))
        {
            yield return request;
        }
    }

    private static Trace Load(TraceInput input, TraceReading reading, string format, string withoutTime, IEnumerable<KeyRequest> requests)
    {
        var pages = new Dictionary<ulong, int>();
        List<(int Page, int Size, double Time)> known = [];

        // Apart, since most traces have none.
        List<double> costs = [];
        foreach (KeyRequest request in requests)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (known.Count > 0 && request.Time < known[^1].Time)
            {
                throw new TraceLine(input.Name, 0).Error(
                    FormattableString.Invariant($"request {known.Count + 1}: the time is {request.Time}, less than {known[^1].Time} on the request before"),
                    $"Requests stand in order of arrival: sort them by time, or leave the times out{withoutTime}");
            }

            if (known.Count > 0 && request.Time - known[0].Time is > ArrivalTimes.MostSeconds and var span)
            {
                throw new TraceLine(input.Name, 0).Error(
                    FormattableString.Invariant($"request {known.Count + 1}: the time is {request.Time} seconds, {span / ArrivalTimes.SecondsPerYear:0} years after the first, {known[0].Time}"),
                    $"Say the unit of times, as in --columns key=0,time=1:ns, write all in one unit, or leave them out{withoutTime}");
            }

            ref int page = ref CollectionsMarshal.GetValueRefOrAddDefault(pages, request.Key, out bool exists);
            page = exists ? page : pages.Count - 1;
            known.Add((page, request.Size, request.Time));
            if (!double.IsNaN(request.Cost))
            {
                costs.Add(request.Cost);
            }
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
            Cost = costs.Count > 0 ? costs[i] : double.NaN,
        })])
        {
            Model = ModelShape.Keys,
            Format = input.Describe(format),
        };
    }

    private static string NameOf(string path)
    {
        string name = TraceReader.NameOf(path);
        string? extension = Array.Find([".csv", ".tsv", ".lis", ".bin"], known => name.Length > known.Length && name.EndsWith(known, StringComparison.OrdinalIgnoreCase));
        return extension is null ? name : name[..^extension.Length];
    }
}
