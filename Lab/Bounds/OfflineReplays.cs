namespace Squelch.Lab;

/// <summary>Replays of one trace and cache under rules that know the future, until a budget of work is spent.</summary>
/// <param name="trace">The trace.</param>
/// <param name="admission">Which checkpoints are kept.</param>
/// <param name="options">Of the cache.</param>
/// <param name="uses">The future.</param>
/// <param name="mostWork">The budget.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class OfflineReplays(
    Trace trace, AdmissionDescriptor admission, PrefixCacheOptions options, FutureUses uses, long mostWork, CancellationToken cancellation)
{
    private const int CheckInterval = 64;

    /// <summary>Tokens that a leaf gives up at a time where policies trim.</summary>
    private const int TailTokens = 32;

    private long _left = mostWork;
    private bool _isFirst = true;

    /// <summary>True where no work is left.</summary>
    public bool IsSpent => _left <= 0;

    /// <summary>Replays the trace under one rule; the first replay is never given up.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="deviations">Where it is left.</param>
    /// <returns>The tokens reused; -1 where no work was left.</returns>
    public long HitTokens(OfflineRule rule, IReadOnlyList<OfflineDeviation> deviations)
    {
        if (IsSpent)
        {
            return -1;
        }

        var policy = new PolicyDescriptor
        {
            Name = "Offline",
            Plan = new(PlanKind.Custom, ["It knows the future."]),
            Candidates = rule.Candidates,
            Trim = admission.KeepsBeginnings ? TailTokens : 0,
            Touch = rule.Past == Past.No ? Touch.Path : Touch.Deepest,
            Admission = admission,
        };
        OfflineSelector? selector = null;
        using var cache = new PrefixCache(policy, options, (nodes, _) => selector = new(nodes, rule, deviations, uses, !admission.WholeBlocks));
        long hits = 0;
        for (int i = 0; i < trace.Requests.Count; i++)
        {
            selector!.Request = i;
            Request request = trace.Requests[i];
            ReadOnlySpan<int> pages = request.ReusablePages.Span;
            Lease lease = cache.Lookup(request.ReusableInput.Span, tokens: request.ReusableInputTokens);
            cache.Commit(lease, pages, request.ReusableTokens);
            hits += lease.HitTokens;
            if (i % CheckInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!_isFirst && selector.Work > _left)
                {
                    _left = 0;
                    return -1;
                }
            }
        }

        _left -= selector!.Work;
        _isFirst = false;
        return hits;
    }
}
