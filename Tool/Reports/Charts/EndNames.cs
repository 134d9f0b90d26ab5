namespace Squelch.Tool;

/// <summary>Names at the ends of lines, so that no legend has to be searched. Names that would cover each other are moved apart and tied to their lines.</summary>
internal static class EndNames
{
    private const double Row = 14;
    private const double Tie = 16;
    private const double Gap = 4;
    private const double Margin = 8;
    private const double Widest = 138;

    /// <summary>The room they need at the right of the plot, in pixels.</summary>
    public static double Room(Chart chart, double size)
        => Tie + Gap + Margin + Math.Min(Widest, chart.Series.Select(series => ChartText.WidthOf(series.Name, size, series.IsOwn)).DefaultIfEmpty().Max());

    /// <summary>The least height of a plot beside which all of them fit.</summary>
    public static double Height(Chart chart) => Row * chart.Series.Count;

    /// <summary>The name as it is drawn: whole, or its beginning and an ellipsis.</summary>
    public static string Shown(Series series, double size) => ChartText.Fit(series.Name, size, Widest, series.IsOwn);

    /// <summary>Draws them.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="lines">Names, inks and points of the lines, in pixels.</param>
    /// <param name="right">The plot's right edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="bottom">Its lower edge.</param>
    /// <param name="size">Of the text.</param>
    public static void Draw(IChartCanvas canvas, IEnumerable<(Series Series, ChartPoint[] Points)> lines, double right, double top, double bottom, double size)
    {
        // Lines that end in one point keep the order in which they came to it.
        (Series Series, ChartPoint[] Points)[] sorted = [.. lines.OrderBy(line => line.Points[^1].Y).ThenBy(line => line.Points[^Math.Min(2, line.Points.Length)].Y)];
        double[] places = Apart([.. sorted.Select(line => line.Points[^1].Y)], top, bottom);
        foreach ((int i, (Series series, ChartPoint[] points)) in sorted.Index())
        {
            ChartPoint end = points[^1];
            var ink = new Ink(series.Colour);
            canvas.Line([end, new(right, end.Y), new(right + Tie - 3, places[i]), new(right + Tie, places[i])], ink, 1, dashed: false);
            canvas.Text(new(right + Tie + Gap, places[i] + 4), Shown(series, size), TextAnchor.Start, Ink.Text, size, bold: series.IsOwn);
        }
    }

    /// <summary>
    /// The places nearest to the wanted ones that are a row apart, in order and within the bounds: least squares by pooling neighbours that are in each
    /// other's way (Ayer et al. 1955).
    /// </summary>
    private static double[] Apart(double[] wanted, double top, double bottom)
    {
        List<(double Sum, int Count)> pools = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            (double Sum, int Count) pool = (wanted[i] - (i * Row), 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Count > pool.Sum / pool.Count)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        double last = Math.Max(top, bottom - ((wanted.Length - 1) * Row));
        return [.. pools.SelectMany(pool => Enumerable.Repeat(Math.Clamp(pool.Sum / pool.Count, top, last), pool.Count)).Select((place, i) => place + (i * Row))];
    }
}
