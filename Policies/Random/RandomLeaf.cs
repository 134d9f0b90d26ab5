namespace Squelch.Policies;

/// <summary>A leaf at random: what any order has to beat. It resists cyclic traffic, where LRU fails.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct RandomLeaf
{
    [Score] static double Score(double draw) => draw;
}
