namespace Squelch.Lab;

/// <summary>
/// The best of a family of rules that know the future, for caches of one admission: the target that a policy can be measured by. It is no bound; what a rule
/// does can be done. It takes the wait for the next use of a node, or the tokens saved per byte and wait; it sees which later request will part inside a
/// node's edge, and what that leaves behind; where none of the rules reaches the bound, it tries others that are shaken by chance.
/// </summary>
/// <param name="Rule">The rule that won, in words.</param>
/// <param name="HitTokens">Input tokens that it reuses.</param>
public sealed record BestOfflineRule(string Rule, long HitTokens)
{
    private const int CheckInterval = 64;

    /// <summary>So much work is put into one search: a second or two. The first rule is always run to its end.</summary>
    private const long MostWork = 100_000_000;

    /// <summary>Runs the rules until one reaches the bound.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="model">Gives bytes, unless the trace has a model of its own.</param>
    /// <param name="capacityBytes">The budget.</param>
    /// <param name="admission">Which checkpoints are kept.</param>
    /// <param name="candidates">Which nodes may go at most.</param>
    /// <param name="upperBound">Input tokens that nobody exceeds: <see cref="UpperBound"/>.</param>
    /// <param name="uses">The trace's prefixes, where they are there already.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is smaller than one checkpoint and one token.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static BestOfflineRule Find(
        Trace trace,
        ModelShape model,
        long capacityBytes,
        AdmissionDescriptor admission,
        Candidates candidates,
        long upperBound,
        FutureUses? uses = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(admission);
        model = trace.Model ?? model;
        uses ??= FutureUses.Of(trace);
        BestOfflineRule? best = null;
        long work = MostWork;
        foreach (OfflineRule rule in OfflineRule.Family(model, candidates, !admission.WholeBlocks))
        {
            var options = new PrefixCacheOptions { CapacityBytes = capacityBytes, Model = model, PageTokens = trace.PageTokens, ChecksCommits = false };
            long hits = Replayed(trace, rule, admission, options, uses, isFirst: best is null, ref work, cancellation);
            if (best is null || hits > best.HitTokens)
            {
                best = new(rule.Name, hits);
            }

            if (best.HitTokens >= upperBound || work <= 0)
            {
                break;
            }
        }

        return best!;
    }

    /// <summary>Replays the trace under one rule.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="admission">Which checkpoints are kept.</param>
    /// <param name="options">Of the cache.</param>
    /// <param name="uses">The future.</param>
    /// <param name="isFirst">True where it must not be given up.</param>
    /// <param name="work">How much work is left.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The tokens reused; -1 where the rule was given up.</returns>
    private static long Replayed(Trace trace, OfflineRule rule, AdmissionDescriptor admission, PrefixCacheOptions options, FutureUses uses, bool isFirst, ref long work, CancellationToken cancellation)
    {
        var policy = new PolicyDescriptor
        {
            Name = "Offline",
            Plan = new(PlanKind.Custom, ["It knows the future."]),
            Candidates = rule.Candidates,
            Touch = Touch.Path,
            Admission = admission,
        };
        OfflineSelector? selector = null;
        using var cache = new PrefixCache(policy, options, (nodes, _) => selector = new(nodes, rule, uses, !admission.WholeBlocks));
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
                if (!isFirst && selector.Work > work)
                {
                    work = 0;
                    return -1;
                }
            }
        }

        work -= selector!.Work;
        return hits;
    }
}
