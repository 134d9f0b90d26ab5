namespace Squelch.Tool;

/// <summary>The charts of a report as files: an SVG, which follows light and dark, and a PNG of each.</summary>
internal static class PlotFiles
{
    /// <summary>Writes them into a folder of each trace's own; first all SVG files, since not every machine can draw the others.</summary>
    /// <exception cref="SquelchException">A file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<ReplayOutcome> outcomes)
    {
        (string Path, Chart Chart)[] plots =
        [
            .. from trace in TraceOutcomes.Of(outcomes)
               let place = Folder(Path.Combine(folder, trace.Trace.Name))
               from chart in ReportCharts.OfTrace(trace).Concat(trace.Explained.SelectMany(policy => ReplayCharts.Of(trace, policy)))
               select (Path.Combine(place, chart.Name), chart),
        ];
        foreach ((string path, Chart chart) in plots)
        {
            using ResultFile svg = ResultFile.Create(path + ".svg");
            svg.Write(SvgCanvas.File(chart));
            svg.Complete();
        }

        try
        {
            foreach ((string path, Chart chart) in plots)
            {
                using ResultFile png = ResultFile.Create(path + ".png");
                png.Write(PngCanvas.File(chart));
                png.Complete();
            }
        }
        catch (ToolException exception)
        {
            throw new ToolException(exception.ExitCode, $"--plots: the SVG files are written, but not all PNG files: {exception.Message}", exception);
        }
    }

    private static string Folder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Output, $"--plots: cannot make the folder '{path}': {exception.Message}", exception);
        }
    }
}
