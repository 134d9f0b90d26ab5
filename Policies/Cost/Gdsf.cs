namespace Squelch.Policies;

/// <summary>
/// Greedy-Dual-Size-Frequency with FLOPs as the cost (Cherkasova, 1998): hits times FLOPs saved per byte, plus an inflation that each victim
/// raises to its own score, so that what is not used ages. Among equals the least recently used goes.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Gdsf
{
    [PolicyState] double Inflation { get; init; }

    [Feature(Unit.None)]
    [OnInsert, OnHit]
    static double Credit(double inflation, double hits, double flopsSaved, double bytesHeld) => inflation + hits * flopsSaved / bytesHeld;

    [Score] static double Score(double credit) => credit;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;

    [OnEvict(nameof(Inflation))] static double Raise(double victimScore) => victimScore;
}
