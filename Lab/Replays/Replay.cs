namespace Squelch.Lab;

/// <summary>Runs a trace of requests against a cache: each request is looked up, then committed, in order of arrival.</summary>
public static class Replay
{
    /// <summary>Replays a trace under one policy.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="trace">The trace.</param>
    /// <param name="options">Budget, model, tunables.</param>
    /// <exception cref="SquelchException">A tunable is unknown or out of its range.</exception>
    /// <exception cref="OperationCanceledException">The replay was stopped.</exception>
    public static ReplayResult Run<TPolicy>(Trace trace, ReplayOptions options)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        double[] tunables = TunableValues.Resolve(TPolicy.Descriptor, options.Tunables);
        PrefixCache<TPolicy>? cache = null;
        using var run = new ReplayRun(trace, options, TPolicy.Descriptor, tunables, cacheOptions => cache = new(TPolicy.FromTunables(tunables), cacheOptions));
        return run.Run(() => cache!.Policy.CopyTunables(tunables));
    }

    /// <summary>
    /// Replays a trace under any descriptor and selector, as <see cref="PrefixCache(PolicyDescriptor, PrefixCacheOptions, Func{NodeTable, ulong, IVictimSelector})"/>
    /// takes them: for what no policy declares, such as a policy with other candidates. No tuner runs.
    /// </summary>
    /// <param name="trace">The trace.</param>
    /// <param name="options">Budget, model, tunables.</param>
    /// <param name="descriptor">Says which nodes are candidates, which an access refreshes, which checkpoints are kept, and what the selector's tunables are.</param>
    /// <param name="createSelector">Takes the nodes and the seed of <c>draw</c>. The selector is then given the tunables, where the descriptor has any.</param>
    /// <exception cref="SquelchException">A tunable is unknown or out of its range.</exception>
    /// <exception cref="OperationCanceledException">The replay was stopped.</exception>
    public static ReplayResult Run(Trace trace, ReplayOptions options, PolicyDescriptor descriptor, Func<NodeTable, ulong, IVictimSelector> createSelector)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(createSelector);
        double[] tunables = TunableValues.Resolve(descriptor, options.Tunables);
        PolicyDescriptor tuned = descriptor with { Admission = descriptor.Admission.WithTunables(tunables) };
        using var run = new ReplayRun(trace, options, descriptor, tunables, cacheOptions => new(tuned, cacheOptions, Tuned));
        return run.Run();

        IVictimSelector Tuned(NodeTable nodes, ulong seed)
        {
            IVictimSelector selector = createSelector(nodes, seed);
            if (tunables.Length > 0)
            {
                selector.Retune(tunables);
            }

            return selector;
        }
    }
}
