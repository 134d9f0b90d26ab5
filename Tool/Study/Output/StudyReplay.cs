namespace Squelch.Tool;

/// <summary>One replay of a study, or a trace without a cache, as JSON and CSV have it.</summary>
internal sealed record StudyReplay(
    string Group, string Trace, string Policy, string Model, double Share, long CapacityBytes, double Rate, double Think, double TokenHitRate, double FlopsSavedShare,
    double TtftP5Ms, double TtftP50Ms, double TtftP95Ms, double TtftFlooredP5Ms, double TtftFlooredP50Ms, double TtftFlooredP95Ms, double? TunedAlpha, long? Window, double Seconds)
{
    /// <summary>All of a study; of each trace first what it is without a cache.</summary>
    public static IEnumerable<StudyReplay> Of(StudyResults results)
        => results.Groups.SelectMany(group => group.Members).SelectMany(member => member.All.Select(replay => Of(member, replay.Key.Point, replay.Key.Policy, replay.Value)).Prepend(Uncached(member)));

    private static StudyReplay Of(WorkloadResults member, StudyPoint point, StudyPolicy policy, ReplayResult result) => new(
        member.Group.Name, member.Name, policy.Name, result.Model, point.Share, result.CapacityBytes, point.Rate, point.Think, result.TokenHitRate, result.FlopsSavedShare,
        result.Ttft.P5, result.Ttft.P50, result.Ttft.P95, result.TtftFloored.P5, result.TtftFloored.P50, result.TtftFloored.P95, result.TunedValue, result.BootstrapWindow, result.Seconds);

    private static StudyReplay Uncached(WorkloadResults member) => new(
        member.Group.Name, member.Name, "no cache", "", 0, 0, 1, 1, 0, 0,
        member.Uncached.P5, member.Uncached.P50, member.Uncached.P95, member.UncachedFloored.P5, member.UncachedFloored.P50, member.UncachedFloored.P95, null, null, 0);
}
