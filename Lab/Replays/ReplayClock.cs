namespace Squelch.Lab;

/// <summary>What drives the cache's clock in a replay.</summary>
public enum ReplayClock
{
    /// <summary>One tick per lookup and one per commit, as in the Marconi paper.</summary>
    Ticks,

    /// <summary>The arrival times of the trace: a tick is a millisecond. A request is committed at the time at which it was looked up.</summary>
    Time,
}
