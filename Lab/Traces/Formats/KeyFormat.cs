using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>
/// Keys, as CSV or oracleGeneral records, as a trace of requests, so that it can be replayed as others are: a key is a page, and its size in bytes the
/// request's tokens.
/// </summary>
internal sealed class KeyFormat : TraceFormat
{
    public override string Name => "keys";

    public override string Looks => "keys (CSV with key, size and time; oracleGeneral records)";

    /// <summary>True where the name says that it holds keys (.csv, or oracleGeneral in it), or the first line is numbers between commas.</summary>
    public override bool Recognises(TraceSample sample)
        => Path.GetFileName(sample.Name).Contains("oracleGeneral", StringComparison.OrdinalIgnoreCase) || KeyTraceReader.IsNamed(sample.Name, ".csv") || KeyTraceReader.BeginsWithNumbers(sample.Head.Span);

    public override Trace Load(TraceInput input, TraceReading reading)
    {
        string format = input.Describe(KeyTraceReader.IsCsv(input) ? "keys (CSV)" : "keys (oracleGeneral)");
        var pages = new Dictionary<ulong, int>();
        List<(int Page, int Size, double Time)> known = [];
        foreach (KeyRequest request in KeyTraceReader.Read(input))
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (known.Count > 0 && request.Time < known[^1].Time)
            {
                throw new TraceLine(input.Name, 0).Error(
                    FormattableString.Invariant($"request {known.Count + 1}: the time is {request.Time}, less than {known[^1].Time} on the request before"),
                    "Requests stand in order of arrival: sort them by time, or leave the times out");
            }

            ref int page = ref CollectionsMarshal.GetValueRefOrAddDefault(pages, request.Key, out bool exists);
            page = exists ? page : pages.Count - 1;
            known.Add((page, reading.UnitSizes ? 1 : request.Size, request.Time));
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

    private static string NameOf(string path)
    {
        string name = TraceReader.NameOf(path);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}
