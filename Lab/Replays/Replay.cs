using System.Collections.Immutable;
using System.Diagnostics;

namespace Squelch.Lab;

/// <summary>Runs a trace of requests against a cache: each request is looked up, then committed, in order of arrival.</summary>
public static class Replay
{
    private const int ProgressInterval = 64;

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
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        double[] tunables = TunableValues.Resolve(descriptor, options.Tunables);
        ModelShape model = trace.Model ?? options.Model;
        int current = 0;
        FutureSelector? future = null;
        RecordedContents? contents = null;
        PrefixCacheOptions? cacheOptions = null;
        ProfileRecorder? recorder = null;
        VictimExplainer? explainer = null;
        cacheOptions = new PrefixCacheOptions
        {
            CapacityBytes = options.CapacityBytes,
            Model = model,
            PageTokens = trace.PageTokens,
            Seed = options.Seed,
            OnVictim = OnVictim,
            Clock = options.Clock == ReplayClock.Time ? () => Milliseconds(current) : null,
            Accelerate = Wrap,
        };
        using var cache = new PrefixCache<TPolicy>(TPolicy.FromTunables(tunables), cacheOptions);
        if (future is not null)
        {
            future.Nodes = cache.Nodes;
        }

        recorder = options.Profile ? new(cache, trace) : null;
        explainer = options.ExplainRequest is { } explained ? new(cache, Formula(cache), explained) : null;
        BootstrapTuner<TPolicy>? tuner = descriptor.BootstrapTunable is { } name && !options.Tunables.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? new BootstrapTuner<TPolicy>(cache, options.BootstrapMultiplier ?? descriptor.BootstrapMultiplier)
            : null;

        SessionHistory? sessions = descriptor.ReadsSessions ? new() : null;
        var tally = new ReplayTally(model, trace.Requests.Count);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < trace.Requests.Count; i++)
        {
            Request request = trace.Requests[i];
            current = i;
            if (future is not null)
            {
                future.Request = i;
            }

            if (contents is not null)
            {
                contents.Request = i;
            }

            int hitTokens = Step(cache, request, tuner, sessions?.Hints(request.Session, options.Clock == ReplayClock.Time ? Milliseconds(i) : cache.Now + 1));
            tally.Add(request.InputTokens, hitTokens);
            recorder?.Request(request, hitTokens);
            options.OnRequest?.Invoke(new RequestRecord(hitTokens > 0, request.InputTokens, hitTokens, cache.Checkpoints, cache.KvTokens));
            if (i % ProgressInterval == 0)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                options.OnProgress?.Invoke(i);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        options.OnProgress?.Invoke(trace.Requests.Count);
        cache.Policy.CopyTunables(tunables);
        ReadOnlySpan<int> uncached = tally.SortedUncachedTokens();
        return new ReplayResult
        {
            Trace = trace.Name,
            Policy = descriptor.Name,
            Model = model.Name,
            CapacityBytes = options.CapacityBytes,
            Tunables = descriptor.Tunables.Select((tunable, i) => KeyValuePair.Create(tunable.Name, tunables[i])).ToImmutableSortedDictionary(),
            Requests = trace.Requests.Count,
            InputTokens = tally.InputTokens,
            HitTokens = tally.HitTokens,
            HitRequests = tally.HitRequests,
            FlopsSaved = tally.FlopsSaved,
            FlopsWithoutCache = tally.FlopsWithoutCache,
            Checkpoints = cache.Checkpoints,
            KvTokens = cache.KvTokens,
            Nodes = cache.NodeCount,
            LeafEvictions = cache.LeafEvictions,
            JoinEvictions = cache.JoinEvictions,
            NotAdmitted = cache.NotAdmitted,
            PeakBytes = cache.PeakBytes,
            Ttft = TtftMap.Paper.Summarize(uncached),
            TtftFloored = TtftMap.Floored.Summarize(uncached),
            Profile = recorder?.Profile(uncached),
            Explained = explainer?.Explained ?? [],
            Seconds = seconds,
            BootstrapWindow = tuner?.Window,
            TunedValue = tuner?.Chosen,
        };

        void OnVictim(VictimRecord record)
        {
            recorder?.Victim(record);
            explainer?.Victim(record);
            options.OnVictim?.Invoke(record);
        }

        // The future goes in front of everything: devices mirror the columns that it writes.
        IVictimSelector Wrap(IVictimSelector selector)
        {
            IVictimSelector inner = options.Accelerate?.Invoke(selector) ?? selector;
            if (!descriptor.IsOffline)
            {
                return inner;
            }

            Func<int, double> clock = options.Clock == ReplayClock.Time ? i => Milliseconds(i) : static i => (2.0 * i) + 1;
            var uses = FutureUses.Of(trace);
            if (selector is IContentsPredictedSelector follower)
            {
                contents = OptimumReplay.Run(trace, descriptor, cacheOptions!, follower.CreateOptimum, inside => new(inside, uses, clock, options.Noise), options.Cancellation);
                follower.Contents = contents;
            }

            return future = new(inner, uses, clock, options.Noise);
        }

        long Milliseconds(int request) => (long)(trace.Requests[request].Time * 1000);
    }

    private static FormulaSelector Formula(PrefixCache cache)
        => (cache.Selector is FutureSelector future ? future.Inner : cache.Selector) as FormulaSelector
            ?? throw new SquelchException($"The victims of {cache.Descriptor.Name} cannot be explained: its selector is written by hand, or runs on a device.");

    /// <summary>One request: lookup, then commit. Returns the input tokens reused.</summary>
    private static int Step<TPolicy>(PrefixCache<TPolicy> cache, Request request, BootstrapTuner<TPolicy>? tuner, RequestHints? hints)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ReadOnlySpan<int> pages = request.Pages.Span;
        Lease lease = cache.Lookup(pages[..request.InputPages], hints: hints);
        tuner?.Observe(request.Pages, request.InputPages, request.InputTokens + request.OutputTokens);
        cache.Commit(lease, pages, request.InputTokens + request.OutputTokens);
        return lease.HitTokens;
    }
}
