using System.Diagnostics;

namespace Squelch.Lab;

/// <summary>How a key trace is replayed.</summary>
public sealed record KeyReplayOptions
{
    /// <summary>Keys that fit, or bytes where <see cref="Sized"/>.</summary>
    public required long Capacity { get; init; }

    /// <summary>True to count the bytes of each key; false to count every key as 1.</summary>
    public bool Sized { get; init; }

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; init; }

    /// <summary>Stops the replay between two requests.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>What a replay of a key trace found.</summary>
/// <param name="Requests">Requests replayed; all count, there is no warm-up.</param>
/// <param name="Misses">Requests whose key was not resident.</param>
/// <param name="Evictions">Keys evicted.</param>
/// <param name="Seconds">Seconds of the replay, reading included where the trace is streamed.</param>
public sealed record KeyReplayResult(long Requests, long Misses, long Evictions, double Seconds)
{
    /// <summary>misses / requests.</summary>
    public double MissRate => Requests == 0 ? 0 : (double)Misses / Requests;
}

/// <summary>Runs a trace of keys against a <see cref="KeyCache"/>.</summary>
public static class KeyReplay
{
    private const int CancellationInterval = 4096;

    /// <summary>Replays a trace under one policy.</summary>
    /// <param name="trace">The requests, in order; they may be streamed.</param>
    /// <param name="createSelector">The policy: takes the nodes and the seed of <c>draw</c>.</param>
    /// <param name="options">Capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The replay was stopped.</exception>
    public static KeyReplayResult Run(IEnumerable<KeyRequest> trace, Func<NodeTable, ulong, IVictimSelector> createSelector, KeyReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        var cache = new KeyCache(createSelector, options.Capacity, options.Sized, options.Seed);
        long start = Stopwatch.GetTimestamp();
        foreach (KeyRequest request in trace)
        {
            cache.Request(request);
            if (cache.Requests % CancellationInterval == 0)
            {
                options.Cancellation.ThrowIfCancellationRequested();
            }
        }

        return new(cache.Requests, cache.Misses, cache.Evictions, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
