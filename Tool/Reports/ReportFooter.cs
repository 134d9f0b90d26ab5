using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>The end of a report: where it comes from.</summary>
internal static class ReportFooter
{
    /// <summary>The element.</summary>
    public static XElement Of(IReadOnlyList<TraceOutcomes> traces, Provenance provenance)
        => new(
            "footer",
            new XElement("h2", "Where this comes from"),
            new XElement(
                "dl",
                Entry("Command", new XElement("code", provenance.Command)),
                Entry("Squelch", provenance.Version),
                Entry("Date", provenance.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
                traces.Zip(provenance.Traces, (trace, file) => Entry("Trace", About(trace, file)))));

    private static string About(TraceOutcomes trace, TraceFile file)
    {
        string hash = file.Sha256 is { } digits ? $"SHA-256 {digits}…" : "no SHA-256: it can be read only once";
        string model = trace.Terms.IsKeys ? "keys" : $"model {trace.All[0].Result.Model}";
        return $"{file.Name}, {hash}, {Number.Counted(trace.Trace.Requests.Count, "request")}, {model}";
    }

    private static IEnumerable<XElement> Entry(string name, object value) => [new("dt", name), new("dd", value)];
}
