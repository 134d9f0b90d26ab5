namespace Squelch.Tool;

/// <summary>One replay: a trace, a policy, a capacity.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Policy">The policy with its tunables.</param>
/// <param name="CapacityBytes">The budget.</param>
/// <param name="Noise">Errors of the feature <c>nextUse</c>.</param>
internal sealed record ReplayCell(Trace Trace, PolicySettings Policy, long CapacityBytes, OracleNoise Noise = default);

/// <summary>A replay and what it found.</summary>
/// <param name="Cell">What was replayed.</param>
/// <param name="Result">What came out, with its profile.</param>
internal sealed record ReplayOutcome(ReplayCell Cell, ReplayResult Result)
{
    /// <summary>What its hit rate is measured against; null where the plan left the bounds out.</summary>
    public Bounds? Bounds { get; init; }

    /// <summary>95 % confidence of the gain in token hit rate over LRU; null where either is unknown.</summary>
    public ConfidenceRange? GainOverLru { get; init; }

    /// <summary>True where the policy knows the future.</summary>
    public bool NeedsFuture => Cell.Policy.Policy.Descriptor.NeedsFuture;

    /// <summary>How much of the way from LRU to the best offline rule the policy goes; null where there is no way to speak of.</summary>
    public double? ShareOfWayToRule => Bounds?.ShareOfWayToRule(Result.TokenHitRate);

    /// <summary>How much of the way from LRU to the upper bound the policy goes; null where there is no way to speak of.</summary>
    public double? ShareOfWayToBound => Bounds?.ShareOfWayToBound(Result.TokenHitRate);
}
