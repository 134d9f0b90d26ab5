using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>What every page has: one file that opens offline and without scripts, and says at its end where it comes from.</summary>
internal static class HtmlPage
{
    /// <summary>The text of a page.</summary>
    /// <param name="title">In the browser's bar, behind the product's name.</param>
    /// <param name="provenance">Where its contents come from.</param>
    /// <param name="traces">What is to be said of each trace at its end.</param>
    /// <param name="content">The body, without its end.</param>
    public static string Of(string title, Provenance provenance, IEnumerable<string> traces, params object?[] content)
    {
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", $"Squelch: {title}"),
                new XElement("style", Palette.StyleSheet() + Style())),
            new XElement("body", content, Footer(provenance, traces)));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>The style sheet, besides that of drawings.</summary>
    private static string Style()
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static XElement Footer(Provenance provenance, IEnumerable<string> traces) => new(
        "footer",
        new XElement("h2", "Where this comes from"),
        new XElement(
            "dl",
            Entry("Command", new XElement("code", provenance.Command)),
            Entry("Squelch", provenance.Version),
            Entry("Date", provenance.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            traces.Select(trace => Entry("Trace", trace))));

    private static IEnumerable<XElement> Entry(string name, object value) => [new("dt", name), new("dd", value)];
}
