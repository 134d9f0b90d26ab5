namespace Squelch.Policies;

/// <summary>
/// Least Hit Density (Beckmann, Chen and Cidon, NSDI 2018): the leaf with the fewest expected hits per byte and tick that it will still be held, by counts of
/// hits and evictions per age, of nodes used once, twice, three times and more often. Exact over all candidates, where the paper samples.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Lhd
{
    [ReuseTable(classes: 4)] static double Uses(double hits) => hits - 1;

    [Score] static double Density(double hitDensity, double bytesHeld) => hitDensity / bytesHeld;
}
