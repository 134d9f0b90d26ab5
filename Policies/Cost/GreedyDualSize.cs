namespace Squelch.Policies;

/// <summary>GreedyDual-Size (Cao and Irani, USITS 1997) with FLOPs as the cost: FLOPs saved per byte plus the score of the last victim.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct GreedyDualSize
{
    [PolicyState] double Inflation { get; init; }

    [Feature, OnInsert, OnHit] static double Credit(double flopsSaved, double bytesHeld, double inflation) => inflation + flopsSaved / bytesHeld;

    [Score] static double Score(double credit) => credit;

    [OnEvict(nameof(Inflation))] static double Raise(double victimScore) => victimScore;
}
