namespace Squelch.Policies;

/// <summary>
/// KVCache in the Wild (Wang et al., USENIX ATC 2025): the leaf that is least likely to be used again, as its class and age have taught; among equals the
/// deepest. The classes are the request's category, and whether it was a first or a later turn. Where the paper fits an exponential to each class, the counts
/// themselves are read.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct KvCacheInTheWild
{
    [ReuseTable(classes: 16)] static double Class(double category, double turn) => (2 * Math.Min(category, 7)) + (turn > 1 ? 1 : 0);

    [Score] static double Reuse(double reuseChance) => reuseChance;

    [Score(Order = 1)] static double Offset(double depthTokens) => -depthTokens;
}
