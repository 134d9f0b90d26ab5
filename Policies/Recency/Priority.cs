namespace Squelch.Policies;

/// <summary>The leaf that the engine's hint <c>priority</c> ranks lowest; among equals the least recently used, as in SGLang.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct Priority
{
    [Score] static double Rank(double priority) => priority;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
