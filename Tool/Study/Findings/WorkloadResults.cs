namespace Squelch.Tool;

/// <summary>What is kept of a trace when it was replayed: its requests are not.</summary>
internal sealed class WorkloadResults
{
    private readonly Dictionary<(StudyPoint Point, StudyPolicy Policy), ReplayResult> _results = [];

    /// <param name="workload">The trace.</param>
    /// <param name="footprintBytes">What it fills with endless room.</param>
    public WorkloadResults(Workload workload, long footprintBytes)
    {
        (Name, Group, FootprintBytes, Requests) = (workload.Trace.Name, workload.Group, footprintBytes, workload.Trace.Requests.Count);
        int[] inputs = [.. workload.Trace.Requests.Select(request => request.InputTokens).Order()];
        (Uncached, UncachedFloored) = (TtftMap.Paper.Summarize(inputs), TtftMap.Floored.Summarize(inputs));
    }

    /// <summary>The trace's name.</summary>
    public string Name { get; }

    /// <summary>What it is spoken of with.</summary>
    public StudyGroup Group { get; }

    /// <summary>Its requests.</summary>
    public int Requests { get; }

    /// <summary>What it fills with endless room and the paper's model.</summary>
    public long FootprintBytes { get; }

    /// <summary>Times to first token without a cache, by the paper's map.</summary>
    public TtftSummary Uncached { get; }

    /// <summary>The same by the map that keeps to the measured floor.</summary>
    public TtftSummary UncachedFloored { get; }

    /// <summary>All replays.</summary>
    public IEnumerable<KeyValuePair<(StudyPoint Point, StudyPolicy Policy), ReplayResult>> All => _results;

    /// <summary>Keeps a replay.</summary>
    public void Add(StudyPoint point, StudyPolicy policy, ReplayResult result) => _results.Add((point, policy), result);

    /// <summary>A replay, or null where the trace or its blocks do not allow it.</summary>
    public ReplayResult? Find(StudyPoint point, StudyPolicy policy) => _results.GetValueOrDefault((point, policy));

    /// <summary>The token hit rate.</summary>
    public double? Hit(StudyPoint point, StudyPolicy policy) => Find(point, policy)?.TokenHitRate;

    /// <summary>The token hit rate of one policy over that of another; null where the other has no hit.</summary>
    public double? Ratio(StudyPoint point, StudyPolicy policy, StudyPolicy than) => Hit(point, than) is > 0 and double other && Hit(point, policy) is { } own ? own / other : null;

    /// <summary>A number at each of some points that have it.</summary>
    public static double[] Over(IEnumerable<StudyPoint> points, Func<StudyPoint, double?> number) => [.. points.Select(number).OfType<double>().Where(double.IsFinite)];
}
