namespace Squelch.Tool;

/// <summary>The victims of one request; where it has none, the nearest requests that have.</summary>
/// <param name="Request">Its number.</param>
/// <param name="Explained">Its victims, in the order in which they went.</param>
/// <param name="Before">The last request before it that evicted something, or null.</param>
/// <param name="After">The first request after it that evicted something, or null.</param>
internal sealed record VictimsOfRequest(int Request, IReadOnlyList<VictimExplanation> Explained, long? Before, long? After)
{
    /// <summary>Replays the trace as far as is needed.</summary>
    /// <exception cref="UsageException">The trace has no such request.</exception>
    public static VictimsOfRequest Find(PolicySettings policy, ReplaySettings settings, int request, Trace trace, ProgressBoard board, CancellationToken cancellation)
    {
        if (request < 0 || request >= trace.Requests.Count)
        {
            throw new UsageException($"--request {request}: {trace.Name} has the requests 0 to {trace.Requests.Count - 1}");
        }

        // Whoever knows the future needs all of it.
        Trace known = policy.Policy.Descriptor.NeedsFuture ? trace : trace with { Requests = [.. trace.Requests.Take(request + 1)] };
        ProgressBar bar = board.Add($"replaying up to request {request}", known.Requests.Count, ProgressUnit.Requests);
        ReplayResult result = policy.Replay(known, new ReplayOptions(settings) { ExplainRequest = request, OnProgress = bar.ReachedBy(), Cancellation = cancellation });
        bar.Finish();
        return result.Explained.Count > 0 ? new(request, result.Explained, null, null) : Nearest(policy, settings, request, trace, board, cancellation);
    }

    private static VictimsOfRequest Nearest(PolicySettings policy, ReplaySettings settings, int request, Trace trace, ProgressBoard board, CancellationToken cancellation)
    {
        long? before = null;
        long? after = null;
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ProgressBar bar = board.Add("looking for the nearest victims", trace.Requests.Count, ProgressUnit.Requests);
        try
        {
            policy.Replay(trace, new ReplayOptions(settings) { OnVictim = Note, OnProgress = bar.ReachedBy(), Cancellation = found.Token });
        }
        catch (OperationCanceledException) when (after is not null && !cancellation.IsCancellationRequested)
        {
            // The rest of the trace does not matter.
        }

        bar.Finish();
        return new(request, [], before, after);

        void Note(VictimRecord victim)
        {
            if (victim.Request < request)
            {
                before = victim.Request;
            }
            else if (after is null)
            {
                after = victim.Request;
                found.Cancel();
            }
        }
    }
}
