namespace Squelch.Tool;

/// <summary>One trace of a study.</summary>
/// <param name="Group">What it is spoken of with.</param>
/// <param name="Trace">Its name is unique in the study.</param>
internal sealed record Workload(StudyGroup Group, Trace Trace)
{
    /// <summary>False where requests belong to no session, so that other times change no order.</summary>
    public bool HasSessions { get; } = Trace.Requests.Any(request => request.Session >= 0);

    /// <summary>True where its pages fit into blocks of so many tokens.</summary>
    public bool FitsBlocks(int tokens) => tokens % Trace.PageTokens == 0;
}
