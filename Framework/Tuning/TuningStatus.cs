using System.Collections.Immutable;

namespace Squelch;

/// <summary>What a tuner is doing.</summary>
public enum TuningState
{
    /// <summary>There is no tuner, or it was turned off.</summary>
    Off,

    /// <summary>Requests are recorded.</summary>
    Recording,

    /// <summary>The recorded requests are replayed; meanwhile none are recorded.</summary>
    Replaying,

    /// <summary>The tuner is through: nothing is recorded any more.</summary>
    Done,

    /// <summary>The tuner has failed: <see cref="TuningStatus.Error"/> says why. The tunables stay as they are.</summary>
    Failed,

    /// <summary>The caller has set the policy, or disposed the cache, which ended the tuning.</summary>
    Ended,
}

/// <summary>How far a cache's tuning is, at one moment.</summary>
public sealed record TuningStatus
{
    /// <summary>The status of a cache that is not tuned.</summary>
    internal static TuningStatus Off { get; } = new() { State = TuningState.Off };

    /// <summary>What the tuner is doing.</summary>
    public required TuningState State { get; init; }

    /// <summary>The values that the tuner has chosen, by tunable; empty before its first choice. They hold from <see cref="AdoptedAt"/> on.</summary>
    public ImmutableSortedDictionary<string, double> Values { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Lookups there had been when the values were adopted; null before that.</summary>
    public long? AdoptedAt { get; init; }

    /// <summary>How often values were adopted, those of a choice that left all as it was included.</summary>
    public int Choices { get; init; }

    /// <summary>Lookups after which the tuner makes its next choice, or has made its last; null before the first eviction, and for a shadow tuner, which chooses when that is paid for.</summary>
    public long? Window { get; init; }

    /// <summary>Requests that the tuner has replayed so far: what it costs.</summary>
    public long Replayed { get; init; }

    /// <summary>Why the tuner failed in the background; null where it has not. In the synchronous mode it comes out of the commit instead.</summary>
    public Exception? Error { get; init; }
}
