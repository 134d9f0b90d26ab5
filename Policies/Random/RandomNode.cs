namespace Squelch.Policies;

/// <summary>A node with at most one child at random: Marconi's candidates without its score.</summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct RandomNode
{
    [Score] static double Score(double draw) => draw;
}
