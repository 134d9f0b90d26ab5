namespace Squelch.Policies;

/// <summary>
/// Marconi's two questions, how long ago and how many FLOPs per byte, in a product in place of a sum: what a node has saved so far, (1 + hits) times FLOPs
/// per byte, to the power of alpha, over the time since its last use. In the sum, nearly all recencies are close to 0, so that a small weight of the FLOPs
/// decides alone; in the product, only how many times better one node is than another counts. At alpha 0 it is Marconi at alpha 0. A shadow tuner moves alpha.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Deepest)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken)]
[ShadowTuner(nameof(Alpha))]
public readonly partial struct MarconiShadow
{
    /// <summary>The power of what is saved, in halves: 0 is recency alone, 1 counts both alike. What lies between two halves counts as the one below.</summary>
    [Tunable(0, 1, Step = 0.5, Default = 0.5)] public double Alpha { get; init; }

    [Score]
    static double Rate(double now, double lastAccess, double hits, double flopsSaved, double bytesHeld, double alpha)
    {
        // Counted in MFLOPs per byte, a bare number: the three results would have three units.
        double saved = (1 + hits) * flopsSaved / bytesHeld / 1e6;
        double idle = Math.Max(now - lastAccess, 1);

        // At 1/2, the square: it orders alike, and one column serves all. Math.Pow would have to look at all nodes.
        return alpha < 0.5 ? 1 / idle : alpha < 1 ? saved / (idle * idle) : saved / idle;
    }
}
