namespace Squelch;

/// <summary>One choice of a tuner: what it is made from, and what comes out.</summary>
/// <param name="log">The recorded requests.</param>
/// <param name="values">The present tunables, in descriptor order, which the tuner changes.</param>
/// <param name="shadows">Makes caches to replay the requests in.</param>
/// <param name="parallelism">Shadows that may run at a time.</param>
/// <param name="cancellation">Ends the choice between two requests.</param>
internal sealed class TuningRun(RequestLog log, double[] values, IShadowFactory shadows, int parallelism, CancellationToken cancellation)
{
    private long _replayed;

    /// <summary>The recorded requests.</summary>
    public RequestLog Log => log;

    /// <summary>The tunables, in descriptor order.</summary>
    public double[] Values => values;

    /// <summary>Makes caches to replay the requests in.</summary>
    public IShadowFactory Shadows => shadows;

    /// <summary>Shadows that may run at a time.</summary>
    public int Parallelism => parallelism;

    /// <summary>Requests replayed so far.</summary>
    public long Replayed => Volatile.Read(ref _replayed);

    /// <summary>Replays one of the requests.</summary>
    /// <returns>The tokens hit.</returns>
    /// <exception cref="OperationCanceledException">The tuning has ended.</exception>
    public int Replay(IShadow shadow, int index)
    {
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _replayed);
        return shadow.Replay(log[index], log.PagesOf(index));
    }
}
