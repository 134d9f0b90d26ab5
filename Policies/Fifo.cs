namespace Squelch.Policies;

/// <summary>First in, first out: the leaf that was made first goes, however often it was used since.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Fifo
{
    [Score] static double Score(double inserted) => inserted;
}
