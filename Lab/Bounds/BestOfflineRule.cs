namespace Squelch.Lab;

/// <summary>
/// The best of a family of rules that know the future, for caches of one admission: the target that a policy can be measured by. It is no bound; what a rule
/// does can be done. It takes the wait for the next use of a node, or the tokens saved per byte and wait; it sees which later request will part inside a
/// node's edge, and what that leaves behind; where none of the rules reaches the bound, a local search changes the best of them in one stretch of the trace after the other and keeps what hits more.
/// </summary>
/// <param name="Rule">The rule that won, in words.</param>
/// <param name="HitTokens">Input tokens that it reuses.</param>
public sealed record BestOfflineRule(string Rule, long HitTokens)
{
    /// <summary>So much work is put into one search: a second or two. The first rule is always run to its end.</summary>
    private const long MostWork = 100_000_000;

    /// <summary>Changes that the local search tries; most of what it finds is found by the first fifty.</summary>
    private const int MostDeviations = 200;

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
        var options = new PrefixCacheOptions { CapacityBytes = capacityBytes, Model = model, PageTokens = trace.PageTokens, ChecksCommits = false };
        var replays = new OfflineReplays(trace, admission, options, uses, MostWork, cancellation);
        OfflineRule? bestRule = null;
        long best = -1;
        foreach (OfflineRule rule in OfflineRule.Family(model, candidates, !admission.WholeBlocks))
        {
            long hits = replays.HitTokens(rule, []);
            if (hits > best)
            {
                (bestRule, best) = (rule, hits);
            }

            if (best >= upperBound)
            {
                break;
            }
        }

        List<OfflineDeviation> deviations = [];
        for (int which = 0; which < MostDeviations && best < upperBound && !replays.IsSpent; which++)
        {
            deviations.Add(OfflineDeviation.Of(which, trace.Requests.Count));
            long hits = replays.HitTokens(bestRule!, deviations);
            if (hits > best)
            {
                best = hits;
            }
            else
            {
                deviations.RemoveAt(deviations.Count - 1);
            }
        }

        string places = deviations.Count switch { 0 => "", 1 => ", but for one stretch of the trace", _ => $", but for {deviations.Count} stretches of the trace" };
        return new(bestRule!.Name + places, best);
    }
}
