namespace Squelch.Policies;

/// <summary>
/// SegLen (SGLang, pull request 22172): recency plus Weight times the tokens to replay from the nearest checkpoint above, which is the node's edge, both
/// scaled over the candidates.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct SegLen
{
    /// <summary>The weight of the replay length.</summary>
    [Tunable(0, 1, Step = 0.05, Default = 0.85)] public double Weight { get; init; }

    [Term(Normalize = Normalize.MinMax)] static double Recency(double lastAccess) => lastAccess;

    [Term(Normalize = Normalize.MinMax, Weight = nameof(Weight))] static double Gap(double tokens) => tokens;
}
