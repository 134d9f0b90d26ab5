namespace Squelch.Lab;

/// <summary>The replay of a selector that knows the future, for what its cache holds.</summary>
internal static class OptimumReplay
{
    private const int CancellationInterval = 256;

    /// <summary>Replays the trace and records the contents.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="policy">Says which nodes are candidates and how they are admitted.</param>
    /// <param name="options">Of the cache for which contents are wanted.</param>
    /// <param name="createSelector">The optimum's selector.</param>
    /// <param name="withFuture">Gives it the future.</param>
    /// <param name="cancellation">Stops it.</param>
    public static RecordedContents Run(
        Trace trace,
        PolicyDescriptor policy,
        PrefixCacheOptions options,
        Func<NodeTable, ulong, IVictimSelector> createSelector,
        Func<IVictimSelector, FutureSelector> withFuture,
        CancellationToken cancellation)
    {
        var contents = new RecordedContents();
        FutureSelector? future = null;
        var own = new PrefixCacheOptions
        {
            CapacityBytes = options.CapacityBytes,
            Model = options.Model,
            PageTokens = options.PageTokens,
            Seed = options.Seed,
            ChecksCommits = false,
            Accelerate = selector => contents.Listen(future = withFuture(selector)),
        };
        using var cache = new PrefixCache(policy, own, createSelector);
        future!.Nodes = cache.Nodes;
        for (int i = 0; i < trace.Requests.Count; i++)
        {
            (future.Request, contents.Request) = (i, i);
            Request request = trace.Requests[i];
            Lease lease = cache.Lookup(request.ReusableInput.Span, hints: new() { Cost = request.Cost }, tokens: request.ReusableInputTokens);
            cache.Commit(lease, request.ReusablePages.Span, request.ReusableTokens);
            if (i % CancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return contents;
    }
}
