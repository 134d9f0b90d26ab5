namespace Squelch.Tool;

/// <summary>The folder of a study: <c>study.html</c>, <c>study.json</c>, <c>study.md</c>, <c>replays.csv</c>, of each figure a CSV and an SVG, and the finished replays.</summary>
/// <param name="folder">Made where it is not there.</param>
internal sealed class StudyFolder(string folder)
{
    /// <summary>Which option names it.</summary>
    public const string Option = "--out";

    /// <summary>The page.</summary>
    public string Page => Path.Combine(folder, "study.html");

    /// <summary>Where finished replays are kept, so that the same command goes on after an interruption.</summary>
    public CellStore Finished { get; } = new(Path.Combine(folder, "replays"), Option);

    /// <summary>Writes the results.</summary>
    /// <exception cref="SquelchException">A file cannot be written.</exception>
    public void Write(StudyResults results, IReadOnlyList<FigureResult> figures, Provenance provenance)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Output, $"{Option}: cannot make the folder '{folder}': {exception.Message}", exception);
        }

        foreach (FigureResult figure in figures)
        {
            Put($"figure-{figure.Figure.Name}.csv", StudyCsv.OfTable(figure.Table));
            Put($"figure-{figure.Figure.Name}.svg", SvgCanvas.File([.. figure.Charts.Where(chart => chart.Series.Count > 0)]));
        }

        Put("study.md", new FindingsTable(results, figures).Markdown());
        Put("replays.csv", StudyCsv.OfReplays(results));
        Put("study.json", StudyJson.Of(results, figures, provenance));
        Put(Path.GetFileName(Page), StudyPage.Of(results, figures, provenance));
    }

    private void Put(string name, string text)
    {
        using ResultFile file = ResultFile.Create(Path.Combine(folder, name));
        file.Write(text);
        file.Complete();
    }
}
