namespace Squelch.Tool;

/// <summary>Draws charts: titles, frame, series, names, notes.</summary>
internal static class ChartDrawing
{
    /// <summary>Width of every chart in pixels: that of a phone and a little more, so that text stays readable there.</summary>
    public const double Width = 400;

    private const double LeastLeft = 66;
    private const double RoomForAxisTitle = 28;
    private const double Margin = 10;
    private const double LineHeight = 16;
    private const double UnderTitles = 14;
    private const double LeastPlotHeight = 210;
    private const double UnderPlot = 44;
    private const double LegendRow = 18;
    private const double TextSize = 12;
    private const double TitleSize = 13;
    private const int LegendColumns = 2;
    private const double LegendColumn = (Width - (2 * Margin)) / LegendColumns;

    /// <summary>Height of a chart in pixels.</summary>
    public static double HeightOf(Chart chart) => NotesTop(chart) + (Notes(chart).Count * LineHeight) + 4;

    /// <summary>Draws a chart.</summary>
    public static void Draw(Chart chart, IChartCanvas canvas)
    {
        double line = LineHeight + 2;
        foreach (string title in Titles(chart))
        {
            canvas.Text(new(Margin, line), title, TextAnchor.Start, Ink.Text, TitleSize, bold: true);
            line += LineHeight;
        }

        foreach (string subtitle in Subtitles(chart))
        {
            canvas.Text(new(Margin, line), subtitle, TextAnchor.Start, Ink.Muted, TextSize);
            line += LineHeight;
        }

        double top = TopOf(chart);
        if (chart.Kind == ChartKind.Bars)
        {
            BarDrawing.Draw(chart, canvas, top, TextSize);
        }
        else
        {
            DrawPlot(chart, canvas, top);
        }

        foreach ((int row, string note) in Notes(chart).Index())
        {
            canvas.Text(new(Margin, NotesTop(chart) + (row * LineHeight) + 10), note, TextAnchor.Start, Ink.Muted, TextSize);
        }
    }

    /// <summary>Draws the ticks of a horizontal axis and its title.</summary>
    public static void DrawTicksBelow(Axis axis, IChartCanvas canvas, Scale x, double bottom, double left, double right)
    {
        double free = 0;
        foreach (double tick in x.Ticks)
        {
            double at = x.At(tick);
            canvas.Line([new(at, bottom), new(at, bottom + 4)], Ink.Muted, 1);
            string label = axis.Label(tick);
            double half = ChartText.WidthOf(label, TextSize) / 2;
            if (at - half >= free)
            {
                double middle = Math.Min(at, Width - half - 2);
                canvas.Text(new(middle, bottom + 17), label, TextAnchor.Middle, Ink.Muted, TextSize);
                free = middle + half + 8;
            }
        }

        canvas.Text(new((left + right) / 2, bottom + 35), axis.Title, TextAnchor.Middle, Ink.Muted, TextSize);
    }

    private static void DrawPlot(Chart chart, IChartCanvas canvas, double top)
    {
        double right = Width - (HasLegend(chart) ? Margin + 4 : EndNames.Room(chart, TextSize));
        double bottom = top + PlotHeight(chart);
        IReadOnlyList<Series> stacked = chart.Kind == ChartKind.Stack ? Stacked(chart.Series) : chart.Series;
        var y = new Scale(chart.Y, stacked.SelectMany(series => series.Points).Select(point => point.Y).Append(chart.Kind == ChartKind.Stack ? 0 : double.NaN), bottom, top, 5);
        double left = Math.Max(LeastLeft, RoomForAxisTitle + y.Ticks.Max(tick => ChartText.WidthOf(chart.Y.Label(tick), TextSize)));
        var x = new Scale(chart.X, stacked.SelectMany(series => series.Points).Select(point => point.X), left, right, 6, endsAtTicks: false);
        foreach (double tick in y.Ticks)
        {
            double at = y.At(tick);
            canvas.Line([new(left, at), new(right, at)], Ink.Grid, 1);
            canvas.Text(new(left - 6, at + 4), chart.Y.Label(tick), TextAnchor.End, Ink.Muted, TextSize);
        }

        DrawTicksBelow(chart.X, canvas, x, bottom, left, right);
        canvas.Text(new(14, (top + bottom) / 2), chart.Y.Title, TextAnchor.Middle, Ink.Muted, TextSize, upwards: true);
        if (chart.Kind == ChartKind.Stack)
        {
            DrawBands(stacked, canvas, x, y);
        }
        else
        {
            DrawLines(chart, canvas, x, y, right, top, bottom);
        }

        if (HasLegend(chart))
        {
            DrawLegend(chart, canvas, bottom + UnderPlot);
        }
    }

    private static void DrawLines(Chart chart, IChartCanvas canvas, Scale x, Scale y, double right, double top, double bottom)
    {
        List<(Series, ChartPoint[])> lines = [];
        foreach (Series series in chart.Series)
        {
            ChartPoint[] points = [.. series.Points.Where(point => double.IsFinite(point.Y)).Select(point => new ChartPoint(x.At(point.X), y.At(point.Y)))];
            var ink = new Ink(series.Colour);
            if (points.Length > 1)
            {
                canvas.Line(points, ink, series.IsOwn ? 3 : series.IsDashed ? 1.5 : 2, series.IsDashed);
            }

            if (points.Length <= 8)
            {
                foreach (ChartPoint point in points)
                {
                    canvas.Dot(point, 3, ink);
                }
            }

            if (points.Length > 0)
            {
                lines.Add((series, points));
            }
        }

        if (!HasLegend(chart))
        {
            EndNames.Draw(canvas, lines, right, top, bottom, TextSize);
        }
    }

    private static List<Series> Stacked(IReadOnlyList<Series> layers)
    {
        var sums = new double[layers.Count == 0 ? 0 : layers[0].Points.Count];
        List<Series> stacked = [];
        foreach (Series layer in layers)
        {
            stacked.Add(layer with { Points = [.. layer.Points.Select((point, i) => new ChartPoint(point.X, sums[i] += point.Y))] });
        }

        return stacked;
    }

    private static void DrawBands(IReadOnlyList<Series> stacked, IChartCanvas canvas, Scale x, Scale y)
    {
        // From the top down, so that each band covers what lies under it.
        foreach (Series band in stacked.Reverse())
        {
            ChartPoint[] top = [.. band.Points.Select(point => new ChartPoint(x.At(point.X), y.At(point.Y)))];
            if (top.Length > 0)
            {
                canvas.Area([new(top[0].X, y.At(0)), .. top, new(top[^1].X, y.At(0))], new(band.Colour));
            }
        }
    }

    private static void DrawLegend(Chart chart, IChartCanvas canvas, double top)
    {
        for (int i = 0; i < chart.Series.Count; i++)
        {
            Series series = chart.Series[i];
            double left = Margin + (i % LegendColumns * LegendColumn);
            double middle = top + (i / LegendColumns * LegendRow) + 8;
            canvas.Line([new(left, middle), new(left + 18, middle)], new(series.Colour), chart.Kind == ChartKind.Stack ? 9 : 3, series.IsDashed);
            canvas.Text(new(left + 24, middle + 4), Shown(chart, series), TextAnchor.Start, Ink.Text, TextSize, bold: series.IsOwn);
        }
    }

    private static bool HasLegend(Chart chart) => chart.HasLegend || chart.Kind == ChartKind.Stack;

    private static double PlotHeight(Chart chart)
        => chart.Kind == ChartKind.Bars ? BarDrawing.HeightOf(chart)
            : HasLegend(chart) ? LeastPlotHeight
            : Math.Max(LeastPlotHeight, EndNames.Height(chart));

    private static double TopOf(Chart chart) => UnderTitles + ((Titles(chart).Count + Subtitles(chart).Count) * LineHeight);

    private static double NotesTop(Chart chart)
    {
        int legend = HasLegend(chart) ? (chart.Series.Count + LegendColumns - 1) / LegendColumns : 0;
        return TopOf(chart) + PlotHeight(chart) + UnderPlot + (legend * LegendRow);
    }

    private static IReadOnlyList<string> Titles(Chart chart) => ChartText.Wrap(chart.Title, TitleSize, Width - (2 * Margin), bold: true);

    private static IReadOnlyList<string> Subtitles(Chart chart) => chart.Subtitle.Length == 0 ? [] : ChartText.Wrap(chart.Subtitle, TextSize, Width - (2 * Margin));

    /// <summary>The chart's own, and whole names where they had to be cut.</summary>
    private static List<string> Notes(Chart chart)
    {
        var cut = chart.Series
            .Select(series => (Shown: Shown(chart, series), series.Name))
            .Where(name => name.Shown != name.Name)
            .Select(name => $"{name.Shown} is {name.Name}");
        return [.. chart.Notes.Concat(cut).SelectMany(note => ChartText.Wrap(note, TextSize, Width - (2 * Margin)))];
    }

    private static string Shown(Chart chart, Series series)
        => chart.Kind == ChartKind.Bars ? BarDrawing.Shown(series, TextSize)
            : HasLegend(chart) ? ChartText.Fit(series.Name, TextSize, LegendColumn - 26, series.IsOwn)
            : EndNames.Shown(series, TextSize);
}
