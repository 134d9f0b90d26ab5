namespace Squelch.Tool;

/// <summary>What a study is to find out.</summary>
internal sealed record StudyPlan
{
    /// <summary>The given traces.</summary>
    public required IReadOnlyList<string> TracePaths { get; init; }

    /// <summary>What is wanted, in the order of the page.</summary>
    public required IReadOnlyList<StudyFigure> Figures { get; init; }

    /// <summary>How much of everything.</summary>
    public required StudyScale Scale { get; init; }

    /// <summary>The policies.</summary>
    public required StudyPolicies Policies { get; init; }

    /// <summary>Replays that run at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where finished replays are kept; null for nowhere.</summary>
    public CellStore? Finished { get; init; }

    /// <summary>The replays of a trace, each once, whichever figures want them.</summary>
    public IReadOnlyList<(StudyPoint Point, StudyPolicy Policy)> Replays(Workload workload)
        => [.. Figures.SelectMany(figure => figure.Replays(workload, Scale, Policies)).Where(replay => workload.FitsBlocks(replay.Policy.BlockTokens)).Distinct()];
}
