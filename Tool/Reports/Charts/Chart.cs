namespace Squelch.Tool;

/// <summary>A point in the units of the axes.</summary>
internal readonly record struct ChartPoint(double X, double Y);

/// <summary>One axis.</summary>
/// <param name="Title">What it counts, with the unit.</param>
/// <param name="Label">Text of a tick.</param>
internal sealed record Axis(string Title, Func<double, string> Label)
{
    /// <summary>Equal ratios are equally far apart.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where ticks stand; null for round numbers.</summary>
    public IReadOnlyList<double>? Ticks { get; init; }

    /// <summary>Where it begins at the latest; null for the least value.</summary>
    public double? From { get; init; }
}

/// <summary>One line, band or set of bars.</summary>
/// <param name="Name">At its end, or in the legend.</param>
/// <param name="Colour">Number of its colour.</param>
/// <param name="Points">From left to right.</param>
internal sealed record Series(string Name, int Colour, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Set apart from the others: a bound, not a policy.</summary>
    public bool IsDashed { get; init; }

    /// <summary>The reader's own policy, which stands out.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whiskers of a bar: low and high end.</summary>
    public ConfidenceRange? Range { get; init; }
}

/// <summary>How series are drawn.</summary>
internal enum ChartKind
{
    /// <summary>A line each.</summary>
    Lines,

    /// <summary>Bands on top of each other.</summary>
    Stack,

    /// <summary>A horizontal bar each, from its only point's x, with whiskers.</summary>
    Bars,
}

/// <summary>A picture of numbers.</summary>
/// <param name="Name">Short name, for files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis; unused by bars.</param>
/// <param name="Series">What is drawn, in the order of the legend.</param>
internal sealed record Chart(string Name, string Title, ChartKind Kind, Axis X, Axis Y, IReadOnlyList<Series> Series)
{
    /// <summary>What it is about: trace, model, capacity.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Lines under the picture, such as what a short name stands for.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Names stand under the picture, not at the ends of the lines, because the lines end at one point. Bands have theirs there always.</summary>
    public bool HasLegend { get; init; }

    /// <summary>The picture in words, for those who do not see it.</summary>
    public string Description => string.Join("; ", Series.Where(series => series.Points.Count > 0).Select(Words)) + ".";

    private string Words(Series series)
    {
        ChartPoint first = series.Points[0];
        ChartPoint last = series.Points[^1];
        return Kind == ChartKind.Bars
            ? $"{series.Name} {X.Label(first.X)}" + (series.Range is { } range ? $" ({X.Label(range.Low)} to {X.Label(range.High)})" : "")
            : series.Points.Count == 1
                ? $"{series.Name} {Y.Label(first.Y)} at {X.Label(first.X)}"
                : $"{series.Name} from {Y.Label(first.Y)} at {X.Label(first.X)} to {Y.Label(last.Y)} at {X.Label(last.X)}";
    }
}
