namespace Squelch.Tool;

/// <summary>What something is drawn with: a series' colour by number, or one of the page's own.</summary>
/// <param name="Number">0 and up: a series.</param>
internal readonly record struct Ink(int Number)
{
    /// <summary>Text that is read.</summary>
    public static Ink Text { get; } = new(-1);

    /// <summary>Text beside.</summary>
    public static Ink Muted { get; } = new(-2);

    /// <summary>Lines of the grid.</summary>
    public static Ink Grid { get; } = new(-3);
}

/// <summary>Which point of a text stands at its place.</summary>
internal enum TextAnchor
{
    /// <summary>Its left end.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its right end.</summary>
    End,
}

/// <summary>Where charts are drawn: pixels, y downwards.</summary>
internal interface IChartCanvas
{
    /// <summary>A line through points.</summary>
    void Line(IReadOnlyList<ChartPoint> points, Ink ink, double width, bool dashed = false);

    /// <summary>A filled polygon.</summary>
    void Area(IReadOnlyList<ChartPoint> points, Ink ink);

    /// <summary>A filled circle.</summary>
    void Dot(ChartPoint centre, double radius, Ink ink);

    /// <summary>One line of text; <paramref name="at"/> is on its base line.</summary>
    void Text(ChartPoint at, string text, TextAnchor anchor, Ink ink, double size, bool bold = false, bool upwards = false);
}
