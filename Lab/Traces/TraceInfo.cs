namespace Squelch.Lab;

/// <summary>What a trace holds.</summary>
public sealed record TraceInfo
{
    /// <summary>The trace's name.</summary>
    public required string Name { get; init; }

    /// <summary>Requests.</summary>
    public required int Requests { get; init; }

    /// <summary>Different sessions; 0 where the trace names none.</summary>
    public required int Sessions { get; init; }

    /// <summary>Seconds from the first arrival to the last.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Tokens per page.</summary>
    public required int PageTokens { get; init; }

    /// <summary>Input tokens of all requests.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Identified output tokens of all requests.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Median of the input tokens per request.</summary>
    public required double InputP50 { get; init; }

    /// <summary>90th percentile of the input tokens per request.</summary>
    public required double InputP90 { get; init; }

    /// <summary>99th percentile of the input tokens per request.</summary>
    public required double InputP99 { get; init; }

    /// <summary>
    /// Share of the input tokens that a cache of any size could reuse: the longest beginning that any earlier request had, its output included. No policy
    /// and no model exceeds it; a model of attention alone reaches it where nothing is evicted. Partial blocks count as <see cref="Trace.PartialBlocks"/> says.
    /// </summary>
    public required double ReusableShare { get; init; }

    /// <summary>What misses cost; null where the trace does not tell.</summary>
    public TraceCosts? Costs { get; init; }

    /// <summary>Summarises a trace.</summary>
    public static TraceInfo Of(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        IReadOnlyList<Request> requests = trace.Requests;
        long input = requests.Sum(request => (long)request.InputTokens);
        double[] lengths = [.. requests.Select(request => (double)request.InputTokens).Order()];
        return new()
        {
            Name = trace.Name,
            Requests = requests.Count,
            Sessions = requests.Where(request => request.Session >= 0).Select(request => request.Session).Distinct().Count(),
            DurationSeconds = requests.Count == 0 ? 0 : requests[^1].Time - requests[0].Time,
            PageTokens = trace.PageTokens,
            InputTokens = input,
            OutputTokens = requests.Sum(request => (long)request.OutputTokens),
            InputP50 = Quantile.Linear(lengths, 0.50),
            InputP90 = Quantile.Linear(lengths, 0.90),
            InputP99 = Quantile.Linear(lengths, 0.99),
            ReusableShare = input == 0 ? 0 : (double)ReusableTokens(trace).Sum(tokens => (long)tokens) / input,
            Costs = TraceCosts.Of(requests),
        };
    }

    /// <summary>Per request, the input tokens that a cache of any size could reuse: <see cref="ReusableShare"/>.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<int> ReusableTokens(Trace trace, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return EndlessCache.HitTokens(trace, cancellation);
    }
}
