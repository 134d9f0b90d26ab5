namespace Squelch;

/// <summary>Chooses tunables by replaying recorded requests.</summary>
internal interface ITuner
{
    /// <summary>The tunables that it chooses, as indices of the descriptor.</summary>
    IReadOnlyList<int> Tunables { get; }

    /// <summary>Hears of a request that is about to be committed, and puts it into the log where it wants to replay it.</summary>
    /// <param name="log">What is recorded.</param>
    /// <param name="request">The request.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="firstEviction">Lookups before the first eviction, or null.</param>
    void Record(RequestLog log, in RecordedRequest request, ReadOnlySpan<int> pages, long? firstEviction);

    /// <summary>True where it is time to choose.</summary>
    /// <param name="lookups">Lookups so far.</param>
    /// <param name="firstEviction">Lookups before the first eviction, or null.</param>
    /// <param name="log">What is recorded.</param>
    bool IsDue(long lookups, long? firstEviction, RequestLog log);

    /// <summary>Lookups after which it chooses; null where that is not known.</summary>
    /// <param name="firstEviction">Lookups before the first eviction, or null.</param>
    /// <param name="log">What is recorded.</param>
    long? Window(long? firstEviction, RequestLog log);

    /// <summary>Chooses.</summary>
    /// <param name="run">The present values, which it changes in place; what to replay, and with what.</param>
    /// <returns>True where it will choose again.</returns>
    bool Choose(TuningRun run);
}
