namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>Scores of single precision, of which no built-in policy has any: four rows a load.</summary>
[EvictionPolicy(Precision = Precision.Single)]
public readonly partial struct SinglePrecisionScores
{
    [Score] static float Frequency(float hits) => hits;

    [Score(Order = 1)] static float Density(float now, float lastAccess, float bytesHeld) => (lastAccess - now) * bytesHeld;
}

/// <summary>Scaled terms of single precision.</summary>
[EvictionPolicy(Precision = Precision.Single)]
public readonly partial struct SinglePrecisionTerms
{
    [Term(Normalize = Normalize.MinMax)] static float Recency(float now, float lastAccess) => 1 / MathF.Max(now - lastAccess, 1);

    [Term(Normalize = Normalize.MinMax)] static float Depth(float depthTokens) => depthTokens;
}
