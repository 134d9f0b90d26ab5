namespace Squelch.Policies;

/// <summary>LRFU (Lee et al., IEEE Transactions on Computers 2001): each use counts 2^(-Lambda * idle ticks); Lambda 0 is LFU, 1 is LRU.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct Lrfu
{
    /// <summary>How fast a use fades.</summary>
    [Tunable(0, 1, Step = 0.05, Default = 0.001)] public double Lambda { get; init; }

    [Feature, OnInsert] static double Crf(double continues, double parentCrf) => continues > 0 ? parentCrf : 1;

    [Feature, OnHit] static double Crf(double crf, double stamp, double now, double lambda) => 1 + crf * Faded(now - stamp, lambda);

    // Declared after Crf, which needs the time of the use before.
    [Feature(Unit.Ticks), OnInsert, OnHit] static double Stamp(double now) => now;

    [Score] static double Score(double crf, double stamp, double now, double lambda) => crf * Faded(now - stamp, lambda);

    static double Faded(double idle, double lambda) => double.Exp2(-lambda * Math.Max(idle, 0));
}
