using System.Collections.Immutable;
using System.Diagnostics;

namespace Squelch.Lab;

/// <summary>One replay: a cache, and what watches it.</summary>
internal sealed class ReplayRun : IDisposable
{
    private const int ProgressInterval = 64;

    private readonly Trace _trace;
    private readonly ReplayOptions _options;
    private readonly ModelShape _model;
    private readonly double[] _tunables;
    private readonly PolicyDescriptor _policy;
    private readonly PrefixCache _cache;
    private readonly bool _isTuned;
    private readonly ProfileRecorder? _recorder;
    private readonly VictimExplainer? _explainer;
    private readonly SessionHistory? _sessions;
    private readonly ReplayTally _tally;
    private FutureSelector? _future;
    private RecordedContents? _contents;
    private int _request;

    /// <param name="trace">The trace.</param>
    /// <param name="options">Budget, model, tunables.</param>
    /// <param name="descriptor">That of the cache.</param>
    /// <param name="tunables">Those of the cache, in descriptor order; where a tuner runs, whoever owns them keeps them up to date.</param>
    /// <param name="create">Makes the cache.</param>
    public ReplayRun(Trace trace, ReplayOptions options, PolicyDescriptor descriptor, double[] tunables, Func<PrefixCacheOptions, PrefixCache> create)
    {
        (_trace, _options, _policy, _tunables) = (trace, options, descriptor, tunables);
        _model = trace.Model ?? options.Model;
        _tally = new ReplayTally(_model, trace.Requests.Count);
        _sessions = descriptor.ReadsSessions ? new() : null;
        _isTuned = descriptor.TunedTunables is { IsEmpty: false } tuned && !tuned.Intersect(options.Tunables.Keys, StringComparer.OrdinalIgnoreCase).Any();
        _cache = create(CacheOptions());
        if (_future is not null)
        {
            _future.Nodes = _cache.Nodes;
        }

        _recorder = options.Profile ? new(_cache, trace) : null;
        _explainer = options.ExplainRequest is { } explained ? new(_cache, Formula(), explained) : null;
    }

    private bool ByTime => _options.Clock == ReplayClock.Time;

    /// <summary>Runs it.</summary>
    /// <param name="beforeResult">Is told when all requests are through, or null.</param>
    public ReplayResult Run(Action? beforeResult = null)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _trace.Requests.Count; i++)
        {
            Replay(i);
            if (i % ProgressInterval == 0)
            {
                _options.Cancellation.ThrowIfCancellationRequested();
                _options.OnProgress?.Invoke(i);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _options.OnProgress?.Invoke(_trace.Requests.Count);
        beforeResult?.Invoke();
        return Result(seconds);
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>One request: lookup, then commit.</summary>
    private void Replay(int index)
    {
        _request = index;
        _future?.Request = index;
        _contents?.Request = index;
        Request request = _trace.Requests[index];
        RequestHints hints = _sessions?.Hints(request.Session, ByTime ? Milliseconds(index) : _cache.Now + 1) ?? default;
        Lease lease = _cache.Lookup(request.ReusableInput.Span, hints: hints with { Cost = request.Cost }, tokens: request.ReusableInputTokens);
        CheckIsInput(lease.HitTokens, request, index);
        _cache.Commit(lease, request.ReusablePages.Span, request.ReusableTokens);
        _tally.Add(request, lease.HitTokens);
        _recorder?.Request(request, lease.HitTokens);
        _options.OnRequest?.Invoke(new RequestRecord(lease.HitTokens > 0, request.InputTokens, lease.HitTokens, _cache.Checkpoints, _cache.KvTokens));
    }

    /// <summary>No replay counts more tokens as reused than there are, whatever its trace, policy and cache do.</summary>
    private void CheckIsInput(int hitTokens, Request request, int index)
    {
        if (hitTokens > request.InputTokens)
        {
            throw new SquelchException(
                $"{_policy.Name} on {_trace.Name}, request {index}: {hitTokens} tokens would be reused, but its input has {request.InputTokens}. InputTokens counts all tokens of the {request.InputPages} input pages: correct it where the trace is made; if it is right, this is a fault of Squelch, so please report it.");
        }
    }

    private PrefixCacheOptions CacheOptions()
    {
        var options = new PrefixCacheOptions
        {
            CapacityBytes = _options.CapacityBytes,
            Model = _model,
            PageTokens = _trace.PageTokens,
            Seed = _options.Seed,
            OnVictim = OnVictim,
            ChecksCommits = false,
            Tuning = new()
            {
                Mode = _isTuned ? TuningMode.Synchronous : TuningMode.Off,
                MostBytes = _policy.BootstrapTunable is null ? new TuningOptions().MostBytes : long.MaxValue,
                BootstrapMultiplier = _options.BootstrapMultiplier,
            },
            Clock = ByTime ? () => Milliseconds(_request) : null,
        };
        return _policy.NeedsFuture
            ? options with { Accelerate = selector => WithFuture(selector, options) }
            : options with { Accelerate = _options.Accelerate };
    }

    /// <summary>The future goes in front of everything: devices mirror the columns that it writes.</summary>
    private FutureSelector WithFuture(IVictimSelector selector, PrefixCacheOptions options)
    {
        IVictimSelector inner = _options.Accelerate?.Invoke(selector) ?? selector;
        Func<int, double> clock = ByTime ? request => Milliseconds(request) : static request => (2.0 * request) + 1;
        var uses = FutureUses.Of(_trace);
        if (selector is IContentsPredictedSelector follower)
        {
            _contents = OptimumReplay.Run(_trace, _policy, options, follower.CreateOptimum, inside => new(inside, uses, clock, _options.Noise), _options.Cancellation);
            follower.Contents = _contents;
        }

        return _future = new(inner, uses, clock, _options.Noise);
    }

    private void OnVictim(VictimRecord record)
    {
        _recorder?.Victim(record);
        _explainer?.Victim(record);
        _options.OnVictim?.Invoke(record);
    }

    private FormulaSelector Formula()
        => (_cache.Selector is FutureSelector future ? future.Inner : _cache.Selector) as FormulaSelector
            ?? throw new SquelchException($"The victims of {_cache.Descriptor.Name} cannot be explained: its selector is written by hand, or runs on a device.");

    private long Milliseconds(int request) => (long)(_trace.Requests[request].Time * 1000);

    private ReplayResult Result(double seconds)
    {
        TuningStatus tuning = _cache.Tuning;
        ReadOnlySpan<int> uncached = _tally.SortedUncachedTokens();
        return new()
        {
            Trace = _trace.Name,
            Policy = _policy.Name,
            Model = _model.Name,
            CapacityBytes = _options.CapacityBytes,
            Tunables = _policy.Tunables.Select((tunable, i) => KeyValuePair.Create(tunable.Name, _tunables[i])).ToImmutableSortedDictionary(),
            Requests = _trace.Requests.Count,
            InputTokens = _tally.InputTokens,
            HitTokens = _tally.HitTokens,
            HitRequests = _tally.HitRequests,
            FlopsSaved = _tally.FlopsSaved,
            FlopsWithoutCache = _tally.FlopsWithoutCache,
            CostSaved = _tally.CostSaved,
            CostWithoutCache = _tally.CostWithoutCache,
            Checkpoints = _cache.Checkpoints,
            KvTokens = _cache.KvTokens,
            Nodes = _cache.NodeCount,
            LeafEvictions = _cache.LeafEvictions,
            JoinEvictions = _cache.JoinEvictions,
            NotAdmitted = _cache.NotAdmitted,
            PeakBytes = _cache.PeakBytes,
            Ttft = _options.Ttft.Summarize(uncached),
            TtftFloored = TtftMap.Floored.Summarize(uncached),
            TtftWithoutCache = _options.Ttft.Summarize(_tally.SortedInputTokens()),
            TtftExtrapolated = _tally.Extrapolated,
            Profile = _recorder?.Profile(uncached),
            Explained = _explainer?.Explained ?? [],
            Seconds = seconds,
            BootstrapWindow = tuning.Window,
            TunedValue = tuning.Values.TryGetValue(_policy.BootstrapTunable ?? "", out double tuned) ? tuned : null,
            TunedAfterRequests = tuning.AdoptedAt,
            TunerReplayed = tuning.Replayed,
        };
    }
}
