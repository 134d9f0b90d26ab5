using System.Globalization;
using System.Xml.Linq;

namespace Squelch.Tool;

/// <summary>Draws into SVG, whose colours come from classes, so that they follow the reader's light or dark ground.</summary>
internal sealed class SvgCanvas : IChartCanvas
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root;

    private SvgCanvas(Chart chart)
    {
        double height = ChartDrawing.HeightOf(chart);
        _root = new XElement(
            s_svg + "svg",
            new XAttribute("viewBox", $"0 0 {N(ChartDrawing.Width)} {N(height)}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{chart.Title}. {chart.Description}"),
            new XElement(s_svg + "title", chart.Title),
            new XElement(s_svg + "desc", chart.Description));
    }

    /// <summary>A chart for a page that has <see cref="Palette.StyleSheet"/>.</summary>
    public static XElement Inline(Chart chart)
    {
        var canvas = new SvgCanvas(chart);
        ChartDrawing.Draw(chart, canvas);
        return canvas._root;
    }

    /// <summary>Charts, one under the other, as a file of their own.</summary>
    public static string File(params IReadOnlyList<Chart> charts)
    {
        double height = charts.Sum(ChartDrawing.HeightOf);
        var root = new XElement(
            s_svg + "svg",
            new XAttribute("viewBox", $"0 0 {N(ChartDrawing.Width)} {N(height)}"),
            new XAttribute("width", N(ChartDrawing.Width * 1.5)),
            new XElement(s_svg + "style", Palette.StyleSheet() + "svg{background:var(--ground);font-family:system-ui,sans-serif}"));
        double top = 0;
        foreach (Chart chart in charts)
        {
            XElement drawing = Inline(chart);
            drawing.Add(new XAttribute("y", N(top)), new XAttribute("width", N(ChartDrawing.Width)), new XAttribute("height", N(ChartDrawing.HeightOf(chart))));
            root.Add(drawing);
            top += ChartDrawing.HeightOf(chart);
        }

        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    public void Line(IReadOnlyList<ChartPoint> points, Ink ink, double width, bool dashed = false)
    {
        var line = new XElement(
            s_svg + "path",
            new XAttribute("d", Path(points)),
            new XAttribute("fill", "none"),
            new XAttribute("stroke-width", N(width)),
            new XAttribute("class", "k" + Name(ink)));
        if (dashed)
        {
            line.Add(new XAttribute("stroke-dasharray", "5 3"));
        }

        _root.Add(line);
    }

    public void Area(IReadOnlyList<ChartPoint> points, Ink ink)
        => _root.Add(new XElement(s_svg + "path", new XAttribute("d", Path(points) + "Z"), new XAttribute("class", "f" + Name(ink))));

    public void Dot(ChartPoint centre, double radius, Ink ink)
        => _root.Add(new XElement(
            s_svg + "circle",
            new XAttribute("cx", N(centre.X)),
            new XAttribute("cy", N(centre.Y)),
            new XAttribute("r", N(radius)),
            new XAttribute("class", "f" + Name(ink))));

    public void Text(ChartPoint at, string text, TextAnchor anchor, Ink ink, double size, bool bold = false, bool upwards = false)
    {
        var element = new XElement(
            s_svg + "text",
            new XAttribute("x", N(at.X)),
            new XAttribute("y", N(at.Y)),
            new XAttribute("font-size", N(size)),
            new XAttribute("class", "f" + Name(ink)),
            text);
        if (anchor != TextAnchor.Start)
        {
            element.Add(new XAttribute("text-anchor", anchor == TextAnchor.Middle ? "middle" : "end"));
        }

        if (bold)
        {
            element.Add(new XAttribute("font-weight", "600"));
        }

        if (upwards)
        {
            element.Add(new XAttribute("transform", $"rotate(-90 {N(at.X)} {N(at.Y)})"));
        }

        _root.Add(element);
    }

    private static string Name(Ink ink)
        => ink == Ink.Text ? "t" : ink == Ink.Muted ? "m" : ink == Ink.Grid ? "g" : (ink.Number % Palette.Light.Count).ToString(CultureInfo.InvariantCulture);

    private static string Path(IReadOnlyList<ChartPoint> points)
        => string.Concat(points.Select((point, i) => $"{(i == 0 ? 'M' : 'L')}{N(point.X)} {N(point.Y)}"));

    private static string N(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
