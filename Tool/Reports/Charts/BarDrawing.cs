namespace Squelch.Tool;

/// <summary>Draws horizontal bars with whiskers.</summary>
internal static class BarDrawing
{
    private const double Row = 20;
    private const double WidestName = 150;
    private const double RoomForValue = 62;
    private const double Gap = 6;

    /// <summary>Height of all bars in pixels.</summary>
    public static double HeightOf(Chart chart) => chart.Series.Count * Row;

    /// <summary>The name as it is drawn: whole, or its beginning and an ellipsis.</summary>
    public static string Shown(Series bar, double size) => ChartText.Fit(bar.Name, size, WidestName, bar.IsOwn);

    /// <summary>Draws them, and the axis under them.</summary>
    public static void Draw(Chart chart, IChartCanvas canvas, double top, double size)
    {
        double left = Gap + 4 + Math.Min(WidestName, chart.Series.Max(bar => ChartText.WidthOf(bar.Name, size, bar.IsOwn)));
        double right = ChartDrawing.Width - RoomForValue;
        IEnumerable<double> ends = chart.Series.SelectMany(bar => new[] { bar.Points[0].X, bar.Range?.High ?? 0, bar.Range?.Low ?? 0 });
        var x = new Scale(chart.X, ends.Append(0), left, right, 5);
        foreach ((int i, Series bar) in chart.Series.Index())
        {
            double middle = top + (i * Row) + (Row / 2);
            canvas.Text(new(left - Gap, middle + 4), Shown(bar, size), TextAnchor.End, Ink.Text, size, bold: bar.IsOwn);
            double end = x.At(bar.Points[0].X);
            canvas.Line([new(x.At(0), middle), new(end, middle)], new(bar.Colour), 12);
            double reach = Math.Max(end, x.At(0));
            if (bar.Range is { } range)
            {
                reach = Math.Max(reach, x.At(range.High));
                canvas.Line([new(x.At(range.Low), middle), new(x.At(range.High), middle)], Ink.Text, 1.5);
                foreach (double whisker in (double[])[range.Low, range.High])
                {
                    canvas.Line([new(x.At(whisker), middle - 4), new(x.At(whisker), middle + 4)], Ink.Text, 1.5);
                }
            }

            canvas.Text(new(reach + Gap, middle + 4), chart.X.Label(bar.Points[0].X), TextAnchor.Start, Ink.Muted, size);
        }

        ChartDrawing.DrawTicksBelow(chart.X, canvas, x, top + HeightOf(chart), left, right);
    }
}
