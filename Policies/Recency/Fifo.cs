namespace Squelch.Policies;

/// <summary>First in, first out: the oldest leaf, however often it is used.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Fifo
{
    [Score] static double Score(double inserted) => inserted;
}
