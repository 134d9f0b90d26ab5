namespace Squelch.Policies;

/// <summary>
/// Recency plus alpha times FLOP efficiency, both scaled over the candidates (Pan et al., Marconi, MLSys 2025, equations 1 and 2). Nodes with one
/// child may lose their checkpoint, and only the node that a request used is refreshed (section 4.3). Alpha is found by the paper's bootstrap
/// tuner (section 4.2) unless it is given.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Deepest)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
[BootstrapTuner(nameof(Alpha))]
public readonly partial struct Marconi
{
    /// <summary>The weight of FLOP efficiency; 0 is recency alone.</summary>
    [Tunable(0, 2, Step = 0.1)] public double Alpha { get; init; }

    [Term(Normalize = Normalize.MinMax)]
    static double Recency(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, 1);

    [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))]
    static double FlopEfficiency(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;
}
