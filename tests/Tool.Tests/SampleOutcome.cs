using System.Collections.Immutable;

namespace Squelch.Tool.Tests;

/// <summary>An outcome without a replay behind it.</summary>
internal static class SampleOutcome
{
    public static ReplayOutcome Of(FlopCount flopsSaved = default)
    {
        var trace = new Trace("none", 1, []);
        var result = new ReplayResult
        {
            Trace = trace.Name,
            Policy = "Marconi",
            Model = "marconi-7b",
            CapacityBytes = 1_000_000_000,
            Tunables = ImmutableSortedDictionary<string, double>.Empty.Add("Alpha", 0.5),
            Requests = 1_000,
            InputTokens = 1_000_000,
            HitTokens = 500_000,
            HitRequests = 900,
            FlopsSaved = flopsSaved,
            FlopsWithoutCache = 1,
            Checkpoints = 10,
            KvTokens = 100,
            Nodes = 20,
            LeafEvictions = 1_000,
            JoinEvictions = 2_000,
            NotAdmitted = 0,
            PeakBytes = 900_000_000,
            Ttft = new(100.5, 1, 50, 200.5, double.NaN),
            TtftFloored = new(100.5, 1, 50, 200.5, double.NaN),
            Seconds = 0.5,
        };
        return new(new(trace, PolicySettings.Of(PolicyAssemblies.Load([]).Find("Marconi")), result.CapacityBytes), result);
    }
}
