namespace Squelch.Policies;

/// <summary>Pensieve (Yu et al., EuroSys 2025): what the node costs to compute again where it stands, per idle time. The cost is the model's FLOPs.</summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
public readonly partial struct Pensieve
{
    [Score] static double Retention(double now, double lastAccess, double flopsSaved) => flopsSaved / Math.Max(now - lastAccess, 1);
}
