namespace Squelch.Policies;

/// <summary>
/// RandomCompute ("When Fancy Eviction Fails", arXiv 2609.28870): the leaf that is cheapest to compute again, of a random sample of the leaves.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct RandomCompute
{
    /// <summary>Share of the leaves in the sample.</summary>
    [Tunable(0.01, 1, Step = 0.05, Default = 0.1)] public double Sample { get; init; }

    [Score] static double OutOfSample(double draw, double sample) => draw < sample ? 0 : 1;

    [Score(Order = 1)] static double Compute(double flopsSaved) => flopsSaved;
}
