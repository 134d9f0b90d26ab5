namespace Squelch.Policies;

/// <summary>
/// Marconi, whose two questions are answered from the requests that come, by a shadow tuner in place of the paper's: how much FLOP efficiency counts, and
/// whether checkpoints between a prefix and its only continuation may go before leaves do, as in the paper, or leaves go first, as in SGLang. It begins as
/// Marconi at alpha 0.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Deepest)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
[ShadowTuner(nameof(Alpha), nameof(Inner))]
public readonly partial struct MarconiShadow
{
    /// <summary>The weight of FLOP efficiency; 0 is recency alone.</summary>
    [Tunable(0, 2, Step = 0.1)] public double Alpha { get; init; }

    /// <summary>What a node with a child is worth besides: 0 as in Marconi; at 2, up to an alpha of 1, all leaves go first.</summary>
    [Tunable(0, 2, Step = 2)] public double Inner { get; init; }

    [Term(Normalize = Normalize.MinMax)]
    static double Recency(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, 1);

    [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))]
    static double FlopEfficiency(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;

    [Term(Weight = nameof(Inner))]
    static double Continued(double children) => children > 0 ? 1 : 0;
}
