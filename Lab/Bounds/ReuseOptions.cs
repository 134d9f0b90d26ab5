namespace Squelch.Lab;

/// <summary>
/// Per request, what it could reuse and what that holds: its input cut into runs of tokens that one earlier request covered last. Whoever reuses tokens up to
/// the end of a run has held each of them since then, and one checkpoint there. docs/bound.md has the proof.
/// </summary>
internal sealed class ReuseOptions
{
    private ReuseOptions(int requests)
    {
        FirstRun = new int[requests + 1];
        ForcedBytes = new double[requests];
    }

    /// <summary>Index of each request's first run; one more at the end.</summary>
    public int[] FirstRun { get; }

    /// <summary>Per run, the slot from which its KV takes room that is not forced. Slot t lies between requests t and t + 1.</summary>
    public required int[] KvFrom { get; init; }

    /// <summary>Per run, the slot from which the checkpoint at its end takes room that is not forced.</summary>
    public required int[] CheckpointFrom { get; init; }

    /// <summary>Per run, input tokens up to its end.</summary>
    public required int[] EndTokens { get; init; }

    /// <summary>Per run, true where a hit can end there.</summary>
    public required bool[] CanEnd { get; init; }

    /// <summary>Per slot, the bytes that the cache's own rules keep there.</summary>
    public double[] ForcedBytes { get; }

    /// <summary>Bytes of a token.</summary>
    public required double KvBytes { get; init; }

    /// <summary>Bytes of what a hit needs at its end.</summary>
    public required double CheckpointBytes { get; init; }

    /// <summary>Looks at a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="uses">Its prefixes.</param>
    /// <param name="rules">What the caches that are bounded have in common.</param>
    public static ReuseOptions Of(Trace trace, FutureUses uses, CacheRules rules)
    {
        int count = trace.Requests.Count;
        var runs = new RunList(uses.Prefixes);
        PageSizes? sizes = rules.ForcesCommits ? PageSizes.Of(trace, uses) : null;
        List<int> path = [];
        int[] firstRun = new int[count + 1];
        double[] forced = new double[count];
        for (int i = 0; i < count; i++)
        {
            Request request = trace.Requests[i];
            bool isKept = rules.Keeps(request.ReusableTokens);
            double bytes = sizes is not null && rules.Fits(request.ReusableTokens) ? rules.ForcedBytes(sizes.LeastTokens(i)) : 0;
            forced[i] = bytes;
            Path(uses, uses.SequenceOf(i), path);
            firstRun[i] = runs.Count;
            Look(trace, uses, i, path, runs, rules);
            if (isKept)
            {
                Keep(path, i, bytes > 0, runs);
            }
        }

        firstRun[count] = runs.Count;
        var options = new ReuseOptions(count)
        {
            KvFrom = [.. runs.KvFrom],
            CheckpointFrom = [.. runs.CheckpointFrom],
            EndTokens = [.. runs.EndTokens],
            CanEnd = [.. runs.CanEnd],
            KvBytes = rules.KvBytes,
            CheckpointBytes = rules.CheckpointBytes,
        };
        firstRun.CopyTo(options.FirstRun, 0);
        forced.CopyTo(options.ForcedBytes, 0);
        return options;
    }

    private static void Path(FutureUses uses, int end, List<int> path)
    {
        path.Clear();
        for (int prefix = end; prefix != FutureUses.Root; prefix = uses.Above(prefix))
        {
            path.Add(prefix);
        }

        path.Reverse();
    }

    /// <summary>The lookup: the runs that are known of the input. From now on this request covered them last.</summary>
    private static void Look(Trace trace, FutureUses uses, int request, List<int> path, RunList runs, CacheRules rules)
    {
        int inputPages = uses.Pages(uses.InputOf(request));
        int inputTokens = trace.Requests[request].ReusableInputTokens;
        int first = runs.Count;
        foreach (int prefix in path)
        {
            if (uses.Pages(prefix) > inputPages || !runs.IsKnown(prefix))
            {
                break;
            }

            long pages = uses.Pages(prefix) - (uses.Pages(prefix) % rules.BlockPages);
            int tokens = (int)Math.Min(pages * trace.PageTokens, inputTokens);
            runs.Add(prefix, first, tokens, !rules.EndsAtNodes || runs.IsNode(prefix));
            runs.Cover(prefix, request, request);
        }
    }

    /// <summary>The commit: all of the sequence may be held from now on, and hits may end where it ends or parts from an earlier one.</summary>
    private static void Keep(List<int> path, int request, bool isForced, RunList runs)
    {
        int known = path.FindIndex(prefix => !runs.IsKnown(prefix));
        if (known > 0)
        {
            runs.SetNode(path[known - 1]);
        }

        foreach (int prefix in path)
        {
            runs.Cover(prefix, request, isForced ? request + 1 : request);
        }

        if (path.Count > 0)
        {
            runs.SetEnd(path[^1], request);
        }
    }
}
