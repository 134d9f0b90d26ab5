namespace Squelch.Tool;

/// <summary>The charts of a report as files: an SVG, which follows light and dark, and a PNG of each.</summary>
internal static class PlotFiles
{
    /// <summary>Writes them into a folder of each trace's own.</summary>
    /// <exception cref="SquelchException">A file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<ReplayOutcome> outcomes)
    {
        foreach (TraceOutcomes trace in TraceOutcomes.Of(outcomes))
        {
            string place = Path.Combine(folder, trace.Trace.Name);
            try
            {
                Directory.CreateDirectory(place);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new ToolException(ExitCode.Output, $"--plots: cannot make the folder '{place}': {exception.Message}", exception);
            }

            foreach (Chart chart in ReportCharts.OfTrace(trace).Concat(trace.Explained.SelectMany(policy => ReplayCharts.Of(trace, policy))))
            {
                using (ResultFile svg = ResultFile.Create(Path.Combine(place, chart.Name + ".svg")))
                {
                    svg.Write(SvgCanvas.File(chart));
                    svg.Complete();
                }

                using ResultFile png = ResultFile.Create(Path.Combine(place, chart.Name + ".png"));
                png.Write(PngCanvas.File(chart));
                png.Complete();
            }
        }
    }
}
