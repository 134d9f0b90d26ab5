using System.Globalization;
using System.Xml.Linq;

namespace HybridChat;

/// <summary>A picture of the time to the first token against the length of the prompt: a dot per request.</summary>
internal static class Chart
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Margin = 56;
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private static readonly string[] s_colors = ["#c2410c", "#1d4ed8", "#15803d", "#7e22ce", "#6b7280", "#0e7490"];

    public static void Write(string path, IReadOnlyList<TraceResult> results)
    {
        double mostTokens = results.Max(result => result.Requests.Max(request => request.Prompt));
        double mostTime = results.Max(result => result.Requests.Max(request => request.Milliseconds));
        var picture = new XElement(
            s_svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 12),
            new XElement(s_svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "white")),
            Label(Width / 2, Height - 12, "tokens of the prompt", "middle"),
            Label(8, 20, "time to the first token, ms", "start"));
        for (int tick = 0; tick <= 4; tick++)
        {
            picture.Add(Label((int)X(tick / 4.0), Height - Margin + 18, Report.Text(mostTokens * tick / 4, "#,0"), "middle"));
            picture.Add(Label(Margin - 6, (int)Y(tick / 4.0) + 4, Report.Text(mostTime * tick / 4, "#,0"), "end"));
            picture.Add(new XElement(s_svg + "line", At("x1", Margin), At("x2", Width - 16), At("y1", Y(tick / 4.0)), At("y2", Y(tick / 4.0)), new XAttribute("stroke", "#e5e7eb")));
        }

        for (int i = results.Count - 1; i >= 0; i--)
        {
            string color = s_colors[i % s_colors.Length];
            picture.Add(results[i].Requests.Select(request => new XElement(
                s_svg + "circle", At("cx", X(request.Prompt / mostTokens)), At("cy", Y(request.Milliseconds / mostTime)), At("r", 3), new XAttribute("fill", color), new XAttribute("fill-opacity", "0.6"))));
            picture.Add(new XElement(s_svg + "circle", At("cx", Margin + 16), At("cy", 36 + (16 * i)), At("r", 4), new XAttribute("fill", color)));
            picture.Add(Label(Margin + 26, 40 + (16 * i), results[i].Row.Name, "start"));
        }

        picture.Save(path);
    }

    private static double X(double share) => Margin + (share * (Width - Margin - 16));

    private static double Y(double share) => Height - Margin - (share * (Height - Margin - 32));

    private static XAttribute At(string name, double value) => new(name, value.ToString("0.#", CultureInfo.InvariantCulture));

    private static XElement Label(int x, int y, string text, string anchor)
        => new(s_svg + "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), new XAttribute("fill", "#374151"), text);
}
