namespace Squelch.Tool;

/// <summary>Which replays to run: every trace with every policy at every capacity.</summary>
internal sealed record ReplayPlan
{
    /// <summary>Trace files, in the order of the results.</summary>
    public required IReadOnlyList<string> TracePaths { get; init; }

    /// <summary>Policies with their tunables.</summary>
    public required IReadOnlyList<PolicySettings> Policies { get; init; }

    /// <summary>Capacities in bytes.</summary>
    public required IReadOnlyList<long> Capacities { get; init; }

    /// <summary>The model that gives bytes and FLOPs.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>The seed of every replay.</summary>
    public ulong Seed { get; init; }

    /// <summary>Replays that run at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Puts a device in front of each cache's selector, or null.</summary>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>True for a single replay, whose requests and victims can be written out.</summary>
    public bool IsSingle => TracePaths.Count == 1 && Policies.Count == 1 && Capacities.Count == 1;
}
