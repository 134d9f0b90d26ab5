namespace Squelch.Tool;

/// <summary>A figure of the paper, or a question that it leaves open: what it says, what to replay, and what to make of it.</summary>
internal abstract class StudyFigure
{
    /// <summary>What it is called on the command line: the paper's number, or a word.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows.</summary>
    public abstract string Title { get; }

    /// <summary>What the paper says, in our words.</summary>
    public abstract string Paper { get; }

    /// <summary>A heading.</summary>
    public string Heading => char.IsAsciiDigit(Name[0]) ? $"Figure {Name}: {Title}" : Title;

    /// <summary>The replays of a trace.</summary>
    public abstract IEnumerable<(StudyPoint Point, StudyPolicy Policy)> Replays(Workload workload, StudyScale scale, StudyPolicies policies);

    /// <summary>What comes out.</summary>
    public abstract FigureResult Reduce(StudyResults results);

    /// <summary>All figures, in the order of the paper, then what it leaves open.</summary>
    public static IReadOnlyList<StudyFigure> All { get; } =
    [
        new StateByBlockSize(),
        new FlopsPerByte(),
        new AgainstVllm(),
        new AgainstSglang(),
        new TimeToFirstToken(),
        new ByInputLength(),
        new Contention(),
        new LayerMixes(),
        new StateSizes(),
        new ArrivalRates(),
        new ThinkTimes(),
        new TunersChoices(),
        new RandomEviction(),
    ];
}
