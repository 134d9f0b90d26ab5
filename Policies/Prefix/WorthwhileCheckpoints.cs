namespace Squelch.Policies;

/// <summary>
/// The least recently used goes, as under Marconi at alpha 0. A checkpoint is left behind at the branch point, unless it saves little, at the end, where former requests left their path, and
/// wherever it takes at most a share of the KV since the last one: so a model whose checkpoints are large has fewer of them.
/// </summary>
[EvictionPolicy(Candidates = Candidates.AtMostOneChild, Touch = Touch.Deepest)]
[Admission(Checkpoints.BranchPoint | Checkpoints.LastToken | Checkpoints.Interval | Checkpoints.BranchLag, Every = 512, LeastSaving = 16)]
public readonly partial struct WorthwhileCheckpoints
{
    /// <summary>The most that a checkpoint on the way may take, as a share of the KV before it.</summary>
    [Tunable(0, 1, Step = 0.05, Default = 0.1)] public double Share { get; init; }

    [Checkpoint(Above = 0)]
    static double Worth(double toBranch, double toEnd, double toLag, double kvBytes, double checkpointBytes, double share)
        => toBranch == 0 || toEnd == 0 || toLag == 0 ? kvBytes : share * kvBytes - checkpointBytes;

    [Score] static double Score(double lastAccess) => lastAccess;
}
