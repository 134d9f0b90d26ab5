namespace Squelch.Tool;

/// <summary>The result files that a replay was asked for. They appear together when all is done, or not at all.</summary>
internal sealed class ReplayFiles : IDisposable
{
    private readonly List<ResultFile> _files = [];
    private readonly Terminal _terminal;
    private readonly ResultFile? _json;
    private readonly ResultFile? _report;
    private readonly RequestCsv? _requests;
    private readonly VictimCsv? _victims;

    /// <summary>Opens the files whose paths are not null.</summary>
    /// <param name="terminal">Of this command.</param>
    /// <param name="json">Outcomes.</param>
    /// <param name="report">The page.</param>
    /// <param name="requests">A row per request.</param>
    /// <param name="victims">A row per victim.</param>
    public ReplayFiles(Terminal terminal, string? json, string? report, string? requests, string? victims)
    {
        _terminal = terminal;
        try
        {
            _json = Open(json);
            _report = Open(report);
            _requests = Open(requests) is { } requestFile ? new(requestFile) : null;
            _victims = Open(victims) is { } victimFile ? new(victimFile) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a request's row, or null where no one asked.</summary>
    public Action<RequestRecord>? OnRequest => _requests is null ? null : _requests.Add;

    /// <summary>Writes a victim's row, or null where no one asked.</summary>
    public Action<VictimRecord>? OnVictim => _victims is null ? null : _victims.Add;

    /// <summary>Writes the outcomes and puts all files in place.</summary>
    /// <param name="outcomes">What came out.</param>
    /// <param name="provenance">Where they come from; null where no report was asked for.</param>
    public void Complete(IReadOnlyList<ReplayOutcome> outcomes, Provenance? provenance)
    {
        _json?.Write(JsonReport.Of(outcomes));
        _report?.Write(ReportPage.Of(outcomes, provenance!));
        foreach (ResultFile file in _files)
        {
            file.Flush();
        }

        foreach (ResultFile file in _files)
        {
            file.Complete();
        }
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private ResultFile? Open(string? path)
    {
        if (path is null)
        {
            return null;
        }

        ResultFile file = ResultFile.Create(path, _terminal);
        _files.Add(file);
        return file;
    }
}
