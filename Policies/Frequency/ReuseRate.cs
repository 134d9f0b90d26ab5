using System.Diagnostics.CodeAnalysis;

namespace Squelch.Policies;

/// <summary>
/// Uses over the time that they took, as in Hyperbolic caching, of which each use lets the earlier ones fade; what comes back after an eviction begins with the time since its last use, as
/// near as the usual idle time of victims tells it. Idle time counts once it is longer than the mean gap. Of what has come once, the least recent goes first.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
[SuppressMessage("Squelch", "SQ6001", Justification = "Idle time that counts only beyond the mean gap moves with the uses in both directions; it is what keeps a loop from failing.")]
public readonly partial struct ReuseRate
{
    [PolicyState] double VictimIdle { get; init; }

    /// <summary>What a use leaves of the uses and times before it: 0 for the last gap alone, 1 for all.</summary>
    [Tunable(0, 1, Default = 0.9)] public double Memory { get; init; }

    [Feature(Unit.Ticks), OnInsert] static double Time(double evictedAgo, double victimIdle) => evictedAgo + victimIdle;

    [Feature(Unit.Ticks), OnHit]
    static double Time(double now, double used, double time, double memory)
        => time < double.PositiveInfinity ? memory * time + now - used : now - used;

    [Feature(Unit.None), OnInsert] static double Uses() => 1;

    [Feature(Unit.None), OnHit] static double Uses(double uses, double memory) => memory * uses + 1;

    [Feature(Unit.Ticks), OnInsert, OnHit] static double Used(double now) => now;

    [Score]
    static double Worth(double uses, double time, double now, double lastAccess)
        => uses / (1 + time + Math.Max(0, now - lastAccess - time / Math.Max(uses, 1)));

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;

    [OnEvict(nameof(VictimIdle))] static double Learn(double victimIdle, double now, double lastAccess) => victimIdle + (now - lastAccess - victimIdle) / 100;
}
