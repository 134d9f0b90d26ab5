namespace Squelch.Policies;

/// <summary>
/// Tail-optimised LRU (Zhang et al., NeurIPS 2025): a leaf goes at once where what is cached before it keeps the session's next prefill
/// within Limit, that is where depth - tokens is at least depth + Question - Limit; then the least recently used.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct TailOptimizedLru
{
    /// <summary>Tokens that a session's next request is expected to add.</summary>
    [Tunable(0, 8192, Step = 256, Default = 512)] public double Question { get; init; }

    /// <summary>Tokens whose prefill is still fast enough.</summary>
    [Tunable(0, 65536, Step = 1024, Default = 2048)] public double Limit { get; init; }

    [Score] static double Needed(double tokens, double question, double limit) => tokens + question <= limit ? 0 : 1;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
