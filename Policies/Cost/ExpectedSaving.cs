namespace Squelch.Policies;

/// <summary>
/// Expected saving rate: p * FLOPs saved / (bytes freed * expected occupancy), of which Hyperbolic, LHD and Pensieve are cases. p, that a node is used
/// again, is exp(-idle / gap), where gap is the mean time between the requests of the session that used it last; that gap is the occupancy too.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct ExpectedSaving
{
    /// <summary>The gap of a session that has had one request, in ticks.</summary>
    [Tunable(1, 100000, Default = 200)] public double FirstGap { get; init; }

    [Score]
    static double Rate(double now, double lastAccess, double sessionGap, double firstGap, double flopsSaved, double bytesHeld)
    {
        double gap = Math.Max(Math.Min(sessionGap, firstGap), 1);
        return Math.Exp(-(now - lastAccess) / gap) * flopsSaved / (bytesHeld * gap);
    }
}
