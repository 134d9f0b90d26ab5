using System.Text;

namespace Squelch.Lab.Tests;

/// <summary>Reads key traces that tests spell out.</summary>
internal static class KeyTraceText
{
    public static Trace Load(string text, string name = "k.csv", string? columns = null, bool unitSizes = false, List<string>? notes = null)
        => Load(Encoding.UTF8.GetBytes(text), name, columns, unitSizes, notes);

    public static Trace Load(byte[] bytes, string name = "k.csv", string? columns = null, bool unitSizes = false, List<string>? notes = null)
    {
        using var input = new TraceInput(new MemoryStream(bytes), name);
        Trace trace = TraceReader.Load(input, new TraceReading { UnitSizes = unitSizes, Columns = columns is null ? null : KeyColumns.Parse(columns) });
        notes?.AddRange(trace.Notes);
        return trace;
    }

    public static string ErrorOf(string text, string name = "k.csv", string? columns = null, bool unitSizes = false)
        => Assert.Throws<SquelchException>(() => Load(text, name, columns, unitSizes)).Message;

    /// <summary>Per request the key, by the order in which keys came first, and the size: <c>0:5 1:6 0:5</c>.</summary>
    public static string Sequence(Trace trace) => string.Join(' ', trace.Requests.Select(request => $"{request.Pages.Span[0]}:{request.InputTokens}"));

    public static string Sequence(string text, string name = "k.csv", string? columns = null, bool unitSizes = false) => Sequence(Load(text, name, columns, unitSizes));

    public static double[] Times(Trace trace) => [.. trace.Requests.Select(request => request.Time)];
}
