namespace Squelch.Tool;

/// <summary>The result files that an ablation was asked for. They are opened before it runs, and appear together when it is done, or not at all.</summary>
internal sealed class AblationFiles : IDisposable
{
    private readonly List<(ResultFile File, Func<AblationResults, string> Text)> _files = [];

    /// <summary>Opens the files whose paths are not null.</summary>
    /// <param name="terminal">Of this command.</param>
    /// <param name="json">Effects, pairs and replays.</param>
    /// <param name="csv">A row per replay.</param>
    /// <exception cref="SquelchException">A file cannot be written.</exception>
    public AblationFiles(Terminal terminal, string? json, string? csv)
    {
        try
        {
            foreach ((string? path, Func<AblationResults, string> text) in ((string?, Func<AblationResults, string>)[])[(json, AblationJson.Of), (csv, AblationCsv.Of)])
            {
                if (path is not null)
                {
                    _files.Add((ResultFile.Create(path, terminal), text));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes all files and puts them in place.</summary>
    public void Complete(AblationResults results)
    {
        foreach ((ResultFile file, Func<AblationResults, string> text) in _files)
        {
            file.Write(text(results));
            file.Flush();
        }

        foreach ((ResultFile file, _) in _files)
        {
            file.Complete();
        }
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose() => _files.ForEach(opened => opened.File.Dispose());
}
