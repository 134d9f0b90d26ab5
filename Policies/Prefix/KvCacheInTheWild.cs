namespace Squelch.Policies;

/// <summary>
/// KVCache in the Wild (Wang et al., USENIX ATC 2025): the leaf that is least likely to be used again within its life, by an exponential fit per class
/// of request; among equals the deepest. The classes are first and later turns, whose shares and lives are tunables.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct KvCacheInTheWild
{
    /// <summary>How many first turns are continued.</summary>
    [Tunable(0.001, 1, Step = 0.1, Default = 0.3)] public double FirstTurn { get; init; }

    /// <summary>How many later turns are continued.</summary>
    [Tunable(0.001, 1, Step = 0.1, Default = 0.8)] public double LaterTurn { get; init; }

    /// <summary>Mean ticks to the next turn.</summary>
    [Tunable(1, 100000, Default = 200)] public double Life { get; init; }

    [Score] static double Reuse(double now, double lastAccess, double turn, double firstTurn, double laterTurn, double life)
        => (turn > 1 ? laterTurn : firstTurn) * Math.Exp(-(now - lastAccess) / life);

    [Score(Order = 1)] static double Offset(double depthTokens) => -depthTokens;
}
