namespace Squelch.Tool;

/// <summary>What a trace holds, as JSON.</summary>
internal static class TraceJson
{
    /// <summary>One object.</summary>
    public static string Of(Trace trace, TraceInfo info) => JsonText.Of(new
    {
        trace = trace.Name,
        format = trace.Format,
        requests = info.Requests,
        sessions = info.Sessions > 0 ? info.Sessions : (int?)null,
        keys = trace.Model == ModelShape.Keys ? trace.Requests.Select(request => request.Pages.Span[0]).Distinct().Count() : (int?)null,
        seconds = info.DurationSeconds,
        inputTokens = info.InputTokens,
        inputTokensPerRequest = new { p50 = info.InputP50, p90 = info.InputP90, p99 = info.InputP99 },
        outputTokens = info.OutputTokens > 0 ? info.OutputTokens : (long?)null,
        tokensPerPage = info.PageTokens,
        costPerRequest = info.Costs is { } costs ? new { total = costs.Total, p50 = costs.P50, p90 = costs.P90, p99 = costs.P99 } : null,
        partialBlocks = trace.PartialBlocks is { Count: > 0 } partial ? new { reading = partial.Taken, count = partial.Count, named = partial.Named, again = partial.Again } : null,
        reusableShare = info.ReusableShare,
        notes = trace.Notes,
    });
}
