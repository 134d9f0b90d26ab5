namespace Squelch.Tool;

/// <summary>Sets outcomes against the bounds and against LRU, with confidence intervals.</summary>
internal static class OutcomeJudging
{
    /// <summary>The outcomes that were asked for, judged by themselves and the rest.</summary>
    /// <param name="plan">Says which policies are the baselines.</param>
    /// <param name="traces">The traces.</param>
    /// <param name="all">Those asked for, then those that only serve the bounds.</param>
    /// <param name="asked">How many were asked for.</param>
    /// <param name="limits">Bounds and offline rules; null where the plan left the bounds out.</param>
    /// <exception cref="SquelchException">A result lies above what was proven: a fault of this library.</exception>
    public static IReadOnlyList<ReplayOutcome> Judge(ReplayPlan plan, IReadOnlyList<SizedTrace> traces, IReadOnlyList<ReplayOutcome> all, int asked, LimitTable? limits)
    {
        var judged = new ReplayOutcome[asked];
        var draws = new Dictionary<Trace, Resampling>(ReferenceEqualityComparer.Instance);
        Dictionary<Trace, SizedTrace> sized = new(ReferenceEqualityComparer.Instance);
        foreach (SizedTrace trace in traces)
        {
            sized.Add(trace.Trace, trace);
        }

        ILookup<(Trace, long), ReplayOutcome> byPlace = all.ToLookup(outcome => (outcome.Cell.Trace, outcome.Cell.CapacityBytes), new ByTraceAndCapacity());
        for (int i = 0; i < asked; i++)
        {
            ReplayOutcome outcome = all[i];
            Trace trace = outcome.Cell.Trace;
            IEnumerable<ReplayOutcome> peers = byPlace[(trace, outcome.Cell.CapacityBytes)].Where(peer => peer.Cell.Noise.Sigma == 0);
            ReplayOutcome? lru = limits is null ? null : peers.First(peer => peer.Cell.Policy.Same(plan.Baselines[0]));
            judged[i] = outcome with { Bounds = lru is null ? null : BoundsOf(outcome, lru, [.. peers], sized[trace], limits!.Of(outcome.Cell)) };
            if (outcome.Result.Profile is { } profile && lru?.Result.Profile is { } than)
            {
                if (!draws.TryGetValue(trace, out Resampling? bootstrap))
                {
                    draws.Add(trace, bootstrap = new(profile.Units.Count));
                }

                judged[i] = judged[i] with { GainOverLru = bootstrap.Gain(profile.Units, than.Units) };
            }
        }

        return judged;
    }

    private static Bounds BoundsOf(ReplayOutcome outcome, ReplayOutcome lru, IReadOnlyList<ReplayOutcome> peers, SizedTrace sized, OfflineLimits limits)
    {
        double input = Math.Max(1, outcome.Result.InputTokens);
        if (outcome.Result.HitTokens > limits.AnyAdmission)
        {
            throw new SquelchException(
                $"{outcome.Result.Policy} on {outcome.Result.Trace} at {ByteSize.Format(outcome.Cell.CapacityBytes)}: {outcome.Result.HitTokens} tokens hit, but no more than {limits.AnyAdmission} can. This is a fault of Squelch: please report it with the trace and the command. --no-bounds leaves the bounds out.");
        }

        // Policies that know the future and that were replayed anyway are rules like the others.
        var kind = AdmissionKind.Of(outcome.Cell.Policy);
        ReplayOutcome? rule = peers.Where(peer => peer.NeedsFuture && AdmissionKind.Of(peer.Cell.Policy) == kind).MaxBy(peer => peer.Result.HitTokens);
        (long hits, string name) = rule?.Result.HitTokens > limits.BestRule.HitTokens ? (rule.Result.HitTokens, rule.Result.Policy) : (limits.BestRule.HitTokens, limits.BestRule.Rule);

        // A selector that declines to name a victim admits as it likes.
        long bound = Math.Max(outcome.Result.HitTokens, hits) > limits.OwnAdmission ? limits.AnyAdmission : limits.OwnAdmission;
        return new(
            lru.Result.TokenHitRate,
            hits / input,
            name,
            bound / input,
            limits.AnyAdmission / input,
            sized.Endless!.TokenHitRate,
            sized.ReusableShare,
            sized.Endless.PeakBytes);
    }
}
