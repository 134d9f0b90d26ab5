using System.Collections.Immutable;

namespace Squelch;

/// <summary>
/// The tuning of one cache: records its requests, lets the tuner choose when it is time, here or on a thread of the pool, and keeps what it chose until
/// the cache adopts it. Only the tuner's choice runs beside the cache, and while it does it alone has the log.
/// </summary>
internal sealed class CacheTuning : IThreadPoolWorkItem, IDisposable
{
    private readonly ITuner _tuner;
    private readonly IShadowFactory _shadows;
    private readonly RequestLog _log;
    private readonly bool _background;
    private readonly CancellationTokenSource _end = new();
    private readonly double[] _values;
    private TuningRun? _run;
    private TuningState _state = TuningState.Recording;
    private ImmutableSortedDictionary<string, double> _chosen = ImmutableSortedDictionary<string, double>.Empty;
    private Exception? _error;
    private long? _adoptedAt;
    private long? _window;
    private long _replayed;
    private int _choices;
    private bool _goesOn;
    private volatile bool _isThrough;

    /// <param name="tuner">Chooses.</param>
    /// <param name="shadows">Makes the caches that it replays requests in.</param>
    /// <param name="values">The tunables that the cache begins with.</param>
    /// <param name="mode">Where the tuner runs.</param>
    /// <param name="mostBytes">The bound of what is recorded.</param>
    public CacheTuning(ITuner tuner, IShadowFactory shadows, ReadOnlySpan<double> values, TuningMode mode, long mostBytes)
    {
        (_tuner, _shadows) = (tuner, shadows);
        _log = new(mostBytes);
        _background = mode == TuningMode.Background;
        _values = values.ToArray();
    }

    /// <summary>How far it is.</summary>
    public TuningStatus Status(long? firstEviction) => new()
    {
        State = _state,
        Values = _chosen,
        AdoptedAt = _adoptedAt,
        Choices = _choices,
        Window = _state == TuningState.Recording ? _tuner.Window(firstEviction, _log) : _window,
        Replayed = _replayed + (_run?.Replayed ?? 0),
        Error = _error,
    };

    /// <summary>Takes a request that is about to be committed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="lookups">Lookups so far.</param>
    /// <param name="firstEviction">Lookups before the first eviction, or null.</param>
    /// <param name="chosen">The tunables to adopt now, in descriptor order.</param>
    /// <returns>True where there is something to adopt.</returns>
    public bool Observe(in RecordedRequest request, ReadOnlySpan<int> pages, long lookups, long? firstEviction, out ReadOnlySpan<double> chosen)
    {
        chosen = default;
        if (_state != TuningState.Recording)
        {
            return false;
        }

        _tuner.Record(_log, request, pages, firstEviction);
        if (!_tuner.IsDue(lookups, firstEviction, _log))
        {
            return false;
        }

        _window = _tuner.Window(firstEviction, _log) ?? lookups;
        _state = TuningState.Replaying;
        _run = new(_log, _values, _shadows, _background ? 1 : -1, _end.Token);
        if (_background)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return false;
        }

        _goesOn = _tuner.Choose(_run);
        _isThrough = true;
        return TryAdopt(lookups, out chosen);
    }

    /// <summary>Gives what the tuner has chosen since.</summary>
    /// <param name="lookups">Lookups so far.</param>
    /// <param name="chosen">The tunables to adopt now, in descriptor order.</param>
    /// <returns>True where there is something to adopt.</returns>
    public bool TryAdopt(long lookups, out ReadOnlySpan<double> chosen)
    {
        chosen = _values;
        if (!_isThrough || _state != TuningState.Replaying)
        {
            return false;
        }

        _isThrough = false;
        _replayed += _run!.Replayed;
        _run = null;
        if (_error is not null)
        {
            Stop(TuningState.Failed);
            return false;
        }

        (_adoptedAt, _choices) = (lookups, _choices + 1);
        _chosen = _tuner.Tunables.ToImmutableSortedDictionary(index => _shadows.Descriptor.Tunables[index].Name, index => _values[index]);
        if (_goesOn)
        {
            _state = TuningState.Recording;
        }
        else
        {
            Stop(TuningState.Done);
        }

        return true;
    }

    /// <summary>Ends the tuning: nothing is recorded or adopted any more.</summary>
    public void Dispose()
    {
        if (_state is TuningState.Recording or TuningState.Replaying)
        {
            // A choice under way still reads the log, and ends at its next request.
            bool replaying = _state == TuningState.Replaying && !_isThrough;
            _end.Cancel();
            _state = TuningState.Ended;
            if (!replaying)
            {
                _log.Clear();
            }
        }
    }

    /// <summary>On a thread of the pool. Nobody there could catch what it throws: the status tells it.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            _goesOn = _tuner.Choose(_run!);
        }
        catch (Exception exception)
        {
            _error = exception;
        }

        _isThrough = true;
    }

    private void Stop(TuningState state)
    {
        _state = state;
        _log.Clear();
    }
}
