namespace Squelch;

/// <summary>Chooses tunables by replaying recorded requests.</summary>
internal interface ITuner
{
    /// <summary>The log that it chooses by: within the bound of bytes, its beginning or its end.</summary>
    RequestLog CreateLog(long mostBytes);

    /// <summary>The tunables that it chooses, as indices of the descriptor.</summary>
    IReadOnlyList<int> Tunables { get; }

    /// <summary>Lookups after which it chooses, or null before the first eviction.</summary>
    /// <param name="firstEviction">Lookups before the first eviction, or null.</param>
    /// <param name="log">What is recorded.</param>
    long? Window(long? firstEviction, RequestLog log);

    /// <summary>Chooses.</summary>
    /// <param name="run">The present values, which it changes in place; what to replay, and with what.</param>
    /// <returns>True where it will choose again.</returns>
    bool Choose(TuningRun run);
}
