namespace Squelch.Native.Tests;

/// <summary>A policy of a library's own project: recency, and less of it for entries with many tokens.</summary>
[EvictionPolicy]
internal readonly partial struct Smallest
{
    /// <summary>Ticks that a token counts for.</summary>
    [Tunable(0, 10, Step = 1, Default = 1)]
    public double Weight { get; init; }

    [Score]
    private static double Score(double lastAccess, double tokens, double weight) => lastAccess - (weight * tokens);
}
