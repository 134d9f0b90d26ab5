namespace Squelch.Tool;

/// <summary>Draws charts: frame, series, legend.</summary>
internal static class ChartDrawing
{
    /// <summary>Width of every chart in pixels: that of a phone and a little more, so that text stays readable there.</summary>
    public const double Width = 380;

    private const double Left = 66;
    private const double Right = 14;
    private const double TitleRow = 17;
    private const double UnderTitle = 17;
    private const double PlotHeight = 210;
    private const double UnderPlot = 44;
    private const double LegendRow = 18;
    private const double BarRow = 20;
    private const double BarLeft = 118;
    private const double TextSize = 12;
    private const double TitleSize = 13;
    private const int TitleLength = 46;
    private const int LegendColumns = 2;

    /// <summary>Height of a chart in pixels.</summary>
    public static double HeightOf(Chart chart) => chart.Kind == ChartKind.Bars
        ? TopOf(chart) + (chart.Series.Count * BarRow) + UnderPlot
        : TopOf(chart) + PlotHeight + UnderPlot + (LegendRows(chart) * LegendRow) + 4;

    /// <summary>Draws a chart.</summary>
    public static void Draw(Chart chart, IChartCanvas canvas)
    {
        foreach ((int row, string line) in TitleLines(chart.Title).Index())
        {
            canvas.Text(new(10, 18 + (row * TitleRow)), line, TextAnchor.Start, Ink.Text, TitleSize, bold: true);
        }

        if (chart.Kind == ChartKind.Bars)
        {
            DrawBars(chart, canvas);
            return;
        }

        double top = TopOf(chart);
        IReadOnlyList<Series> stacked = chart.Kind == ChartKind.Stack ? Stacked(chart.Series) : chart.Series;
        var x = new Scale(chart.X, stacked.SelectMany(series => series.Points).Select(point => point.X), Left, Width - Right, 6);
        var y = new Scale(chart.Y, stacked.SelectMany(series => series.Points).Select(point => point.Y).Append(chart.Kind == ChartKind.Stack ? 0 : double.NaN), top + PlotHeight, top, 5);
        DrawFrame(chart, canvas, x, y, top);
        if (chart.Kind == ChartKind.Stack)
        {
            DrawBands(stacked, canvas, x, y);
        }
        else
        {
            DrawLines(stacked, canvas, x, y);
        }

        DrawLegend(chart, canvas, top);
    }

    private static double TopOf(Chart chart) => UnderTitle + (TitleLines(chart.Title).Length * TitleRow);

    private static string[] TitleLines(string title)
    {
        int space = title.Length <= TitleLength ? -1 : title.LastIndexOf(' ', TitleLength);
        return space < 0 ? [title] : [title[..space], title[(space + 1)..]];
    }

    private static int LegendRows(Chart chart) => (chart.Series.Count + LegendColumns - 1) / LegendColumns;

    private static void DrawFrame(Chart chart, IChartCanvas canvas, Scale x, Scale y, double top)
    {
        foreach (double tick in y.Ticks)
        {
            double at = y.At(tick);
            canvas.Line([new(Left, at), new(Width - Right, at)], Ink.Grid, 1);
            canvas.Text(new(Left - 6, at + 4), chart.Y.Label(tick), TextAnchor.End, Ink.Muted, TextSize);
        }

        DrawTicksBelow(chart.X, canvas, x, top + PlotHeight);
        canvas.Text(new(14, top + (PlotHeight / 2)), chart.Y.Title, TextAnchor.Middle, Ink.Muted, TextSize, upwards: true);
    }

    private static void DrawTicksBelow(Axis axis, IChartCanvas canvas, Scale x, double bottom)
    {
        double free = 0;
        foreach (double tick in x.Ticks)
        {
            double at = x.At(tick);
            canvas.Line([new(at, bottom), new(at, bottom + 4)], Ink.Muted, 1);
            string label = axis.Label(tick);
            double half = label.Length * TextSize * 0.3;
            if (at - half >= free)
            {
                double middle = Math.Min(at, Width - half - 2);
                canvas.Text(new(middle, bottom + 17), label, TextAnchor.Middle, Ink.Muted, TextSize);
                free = middle + half + 8;
            }
        }

        canvas.Text(new((Left + Width - Right) / 2, bottom + 35), axis.Title, TextAnchor.Middle, Ink.Muted, TextSize);
    }

    private static void DrawLines(IReadOnlyList<Series> all, IChartCanvas canvas, Scale x, Scale y)
    {
        foreach (Series series in all)
        {
            ChartPoint[] points = [.. series.Points.Where(point => double.IsFinite(point.Y)).Select(point => new ChartPoint(x.At(point.X), y.At(point.Y)))];
            var ink = new Ink(series.Colour);
            if (points.Length > 1)
            {
                canvas.Line(points, ink, series.IsDashed ? 1.5 : 2, series.IsDashed);
            }

            if (points.Length <= 8)
            {
                foreach (ChartPoint point in points)
                {
                    canvas.Dot(point, 3, ink);
                }
            }
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
        double column = (Width - 20) / LegendColumns;
        for (int i = 0; i < chart.Series.Count; i++)
        {
            Series series = chart.Series[i];
            double left = 10 + (i % LegendColumns * column);
            double middle = top + PlotHeight + UnderPlot + (i / LegendColumns * LegendRow) + 8;
            var ink = new Ink(series.Colour);
            canvas.Line([new(left, middle), new(left + 18, middle)], ink, chart.Kind == ChartKind.Stack ? 9 : 3, series.IsDashed);
            canvas.Text(new(left + 24, middle + 4), series.Name, TextAnchor.Start, Ink.Text, TextSize);
        }
    }

    private static void DrawBars(Chart chart, IChartCanvas canvas)
    {
        double top = TopOf(chart);
        IEnumerable<double> ends = chart.Series.SelectMany(series => new[] { series.Points[0].X, series.Range?.High ?? 0, series.Range?.Low ?? 0 });
        var x = new Scale(chart.X, ends.Append(0), BarLeft, Width - Right - 44, 5);
        for (int i = 0; i < chart.Series.Count; i++)
        {
            Series bar = chart.Series[i];
            double middle = top + (i * BarRow) + (BarRow / 2);
            canvas.Text(new(BarLeft - 6, middle + 4), bar.Name, TextAnchor.End, Ink.Text, TextSize);
            double end = x.At(bar.Points[0].X);
            canvas.Line([new(x.At(0), middle), new(end, middle)], new(bar.Colour), 12);
            double reach = end;
            if (bar.Range is { } range)
            {
                reach = Math.Max(end, x.At(range.High));
                canvas.Line([new(x.At(range.Low), middle), new(x.At(range.High), middle)], Ink.Text, 1.5);
                foreach (double whisker in (double[])[range.Low, range.High])
                {
                    canvas.Line([new(x.At(whisker), middle - 4), new(x.At(whisker), middle + 4)], Ink.Text, 1.5);
                }
            }

            canvas.Text(new(reach + 5, middle + 4), chart.X.Label(bar.Points[0].X), TextAnchor.Start, Ink.Muted, TextSize);
        }

        DrawTicksBelow(chart.X, canvas, x, top + (chart.Series.Count * BarRow));
    }
}
