using System.Collections.Immutable;

namespace Squelch.Lab;

/// <summary>What one request did.</summary>
/// <param name="Hit">True where at least one token was reused.</param>
/// <param name="InputTokens">Input tokens.</param>
/// <param name="HitTokens">Input tokens reused.</param>
/// <param name="Checkpoints">Checkpoints held after the commit.</param>
/// <param name="KvTokens">Tokens of KV held after the commit.</param>
public readonly record struct RequestRecord(bool Hit, int InputTokens, int HitTokens, int Checkpoints, long KvTokens);

/// <summary>What a replay found.</summary>
public sealed record ReplayResult
{
    /// <summary>The trace's name.</summary>
    public required string Trace { get; init; }

    /// <summary>The policy's type name.</summary>
    public required string Policy { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The cache's budget.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Tunables by name, as they were at the end.</summary>
    public required ImmutableSortedDictionary<string, double> Tunables { get; init; }

    /// <summary>Requests replayed.</summary>
    public required int Requests { get; init; }

    /// <summary>Input tokens of all requests.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Input tokens reused.</summary>
    public required long HitTokens { get; init; }

    /// <summary>Requests that reused at least one token.</summary>
    public required int HitRequests { get; init; }

    /// <summary>Prefill FLOPs that reuse saved.</summary>
    public required FlopCount FlopsSaved { get; init; }

    /// <summary>Prefill FLOPs of all inputs without a cache.</summary>
    public required Int128 FlopsWithoutCache { get; init; }

    /// <summary>Of the costs that the trace tells, those of its hits; null where it tells none.</summary>
    public double? CostSaved { get; init; }

    /// <summary>All costs that the trace tells: what its requests would cost without a cache; null where it tells none.</summary>
    public double? CostWithoutCache { get; init; }

    /// <summary>Checkpoints held at the end.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>Tokens of KV held at the end.</summary>
    public required long KvTokens { get; init; }

    /// <summary>Nodes at the end, roots left out.</summary>
    public required int Nodes { get; init; }

    /// <summary>Leaves evicted.</summary>
    public required long LeafEvictions { get; init; }

    /// <summary>Single-child nodes evicted: checkpoint freed, KV joined to the child.</summary>
    public required long JoinEvictions { get; init; }

    /// <summary>Commits that were not, or not wholly, admitted.</summary>
    public required long NotAdmitted { get; init; }

    /// <summary>Most bytes held at any return.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Estimated time to first token, by <see cref="ReplaySettings.Ttft"/>.</summary>
    public required TtftSummary Ttft { get; init; }

    /// <summary>Estimated time to first token, by <see cref="TtftMap.Floored"/>.</summary>
    public required TtftSummary TtftFloored { get; init; }

    /// <summary>Estimated time to first token of the same requests without a cache, by <see cref="ReplaySettings.Ttft"/>: what the hit rate 0 is worth.</summary>
    public TtftSummary TtftWithoutCache { get; init; }

    /// <summary>Requests with more tokens left to prefill than <see cref="TtftMap.ProfiledTokens"/>: their times to first token are extrapolated.</summary>
    public int TtftExtrapolated { get; init; }

    /// <summary>Seconds of the replay alone.</summary>
    public required double Seconds { get; init; }

    /// <summary>More of it, where <see cref="ReplayOptions.Profile"/> asked for that.</summary>
    public ReplayProfile? Profile { get; init; }

    /// <summary>The victims of <see cref="ReplayOptions.ExplainRequest"/>, in the order in which they went.</summary>
    public IReadOnlyList<VictimExplanation> Explained { get; init; } = [];

    /// <summary>The tuner's window in requests, or null where no tuner ran.</summary>
    public long? BootstrapWindow { get; init; }

    /// <summary>The value that a bootstrap tuner chose, or null where it has not.</summary>
    public double? TunedValue { get; init; }

    /// <summary>Requests looked up until the tuner chose, the last time where it does so several times; null where it has not.</summary>
    public long? TunedAfterRequests { get; init; }

    /// <summary>Requests that the tuner has replayed.</summary>
    public long TunerReplayed { get; init; }

    /// <summary>hitTokens / inputTokens.</summary>
    public double TokenHitRate => InputTokens == 0 ? 0 : (double)HitTokens / InputTokens;

    /// <summary>hitRequests / requests.</summary>
    public double RequestHitRate => Requests == 0 ? 0 : (double)HitRequests / Requests;

    /// <summary>Share of all prefill FLOPs saved.</summary>
    public double FlopsSavedShare => FlopsWithoutCache == 0 ? 0 : (double)FlopsSaved.Total / (double)FlopsWithoutCache;

    /// <summary>Share of the costs saved; null where the trace tells none.</summary>
    public double? CostSavedShare => CostWithoutCache == 0 ? 0 : CostSaved / CostWithoutCache;

    /// <summary>Requests per second of the replay alone.</summary>
    public double RequestsPerSecond => Seconds > 0 ? Requests / Seconds : 0;
}
