namespace Squelch.Tool;

/// <summary>The result files that a command was asked for. They are opened before it runs, and appear together when it is done, or not at all.</summary>
/// <typeparam name="T">What the results are made of.</typeparam>
internal sealed class ResultFiles<T> : IDisposable
{
    private readonly List<(ResultFile File, Func<T, string> Text)> _files = [];

    /// <summary>Opens the files whose paths are not null.</summary>
    /// <param name="terminal">Of this command.</param>
    /// <param name="files">Where they go, and what is in them.</param>
    /// <exception cref="SquelchException">A file cannot be written.</exception>
    public ResultFiles(Terminal terminal, params ReadOnlySpan<(string? Path, Func<T, string> Text)> files)
    {
        try
        {
            foreach ((string? path, Func<T, string> text) in files)
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
    public void Complete(T results)
    {
        foreach ((ResultFile file, Func<T, string> text) in _files)
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
