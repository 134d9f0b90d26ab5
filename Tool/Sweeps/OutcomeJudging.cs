namespace Squelch.Tool;

/// <summary>Sets outcomes against the bounds and against LRU, with confidence intervals.</summary>
internal static class OutcomeJudging
{
    /// <summary>The outcomes that were asked for, judged by themselves and the rest.</summary>
    /// <param name="plan">Says which policies are the baselines.</param>
    /// <param name="traces">The traces.</param>
    /// <param name="all">Those asked for, then those that only serve the bounds.</param>
    /// <param name="asked">How many were asked for.</param>
    public static IReadOnlyList<ReplayOutcome> Judge(ReplayPlan plan, IReadOnlyList<SizedTrace> traces, IReadOnlyList<ReplayOutcome> all, int asked)
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
            ReplayOutcome? lru = !plan.HasBounds ? null : peers.First(peer => peer.Cell.Policy.Same(plan.Baselines[0]));
            Bounds? bounds = lru is null ? null : new(
                lru.Result.TokenHitRate,
                peers.Where(peer => plan.Baselines.Skip(1).Any(peer.Cell.Policy.Same)).Max(peer => peer.Result.TokenHitRate),
                sized[trace].Endless!.TokenHitRate,
                sized[trace].ReusableShare,
                sized[trace].Endless!.PeakBytes);
            judged[i] = outcome with { Bounds = bounds };
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
}
