namespace Squelch.Tool;

/// <summary>One trace at one capacity under one model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Trace">The trace's name.</param>
/// <param name="CapacityBytes">The capacity.</param>
/// <param name="HitRate">The policy's token hit rate.</param>
/// <param name="Others">Those of the policies that it is held against, in their order.</param>
internal sealed record RegretCell(string Model, string Trace, long CapacityBytes, double HitRate, IReadOnlyList<(string Policy, double HitRate)> Others)
{
    private const double Points = 100;

    /// <summary>The best of the others; the first of equals.</summary>
    public (string Policy, double HitRate) Best => Others.MaxBy(other => other.HitRate);

    /// <summary>Points of token hit rate that the policy lies behind the best; below 0 where it is better.</summary>
    public double Regret => Behind(HitRate);

    /// <summary>The same of one of the others, which is never below 0.</summary>
    public double RegretOf(string policy) => Behind(Others.First(other => other.Policy == policy).HitRate);

    private double Behind(double hitRate) => Points * (Best.HitRate - hitRate);
}
