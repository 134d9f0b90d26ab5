namespace Squelch.Lab;

/// <summary>What a trace holds.</summary>
public sealed record TraceInfo
{
    /// <summary>Tokens per block where pages are tokens, for <see cref="IdealShare"/>.</summary>
    private const int TokenBlock = 16;

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
    /// Share of the input tokens that an infinite cache could reuse: the longest leading run of pages seen at the start of any earlier
    /// request (its outputs included). Token traces are compared in blocks of 16 tokens.
    /// </summary>
    public required double IdealShare { get; init; }

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
            IdealShare = input == 0 ? 0 : (double)ReusableTokens(trace).Sum(tokens => (long)tokens) / input,
        };
    }

    /// <summary>Per request, the input tokens that an infinite cache could reuse, counted as for <see cref="IdealShare"/>.</summary>
    public static IReadOnlyList<int> ReusableTokens(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);

        // A prefix is known by a 64-bit hash of its blocks: at 10^7 blocks two of them collide once in 10^5 traces.
        int block = trace.PageTokens == 1 ? TokenBlock : 1;
        var seen = new HashSet<ulong>();
        var ideal = new int[trace.Requests.Count];
        for (int i = 0; i < ideal.Length; i++)
        {
            Request request = trace.Requests[i];
            ReadOnlySpan<int> pages = request.Pages.Span;
            ulong hash = HashMix.Step;
            long reusable = 0;
            bool leading = true;
            for (int at = 0; at + block <= pages.Length; at += block)
            {
                hash = HashMix.Finish(HashMix.Fold(hash, pages.Slice(at, block)));
                bool known = !seen.Add(hash);
                leading &= known && at + block <= request.InputPages;
                reusable = leading ? Math.Min((long)(at + block) * trace.PageTokens, request.InputTokens) : reusable;
            }

            ideal[i] = (int)reusable;
        }

        return ideal;
    }
}
