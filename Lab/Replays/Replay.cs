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
        using var run = new ReplayRun<TPolicy>(trace, options);
        return run.Run();
    }
}
