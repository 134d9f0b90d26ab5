namespace Squelch.Tool;

/// <summary>The replays of a group of traces.</summary>
internal sealed record GroupResults(StudyGroup Group, IReadOnlyList<WorkloadResults> Members)
{
    /// <summary>A number of the group; null where none of its traces has it.</summary>
    /// <param name="measure">The kind of number.</param>
    /// <param name="number">That of a trace.</param>
    public Estimate? Estimate(Measure measure, Func<WorkloadResults, double?> number)
    {
        double[] values = [.. Members.Select(number).OfType<double>().Where(value => double.IsFinite(measure.Effect(value)))];
        return values.Length == 0 ? null : Group.AreSeeds ? Tool.Estimate.OfSeeds(measure, values) : Tool.Estimate.OfTraces(values);
    }
}

/// <summary>All replays of a study.</summary>
/// <param name="Scale">How much was done.</param>
/// <param name="Policies">The policies.</param>
/// <param name="Groups">Those with traces, in the order of tables.</param>
internal sealed record StudyResults(StudyScale Scale, StudyPolicies Policies, IReadOnlyList<GroupResults> Groups)
{
    /// <summary>What tables have rows for: of seeds their mean, of given traces each one and the median.</summary>
    public IEnumerable<(string Name, GroupResults Part)> Rows
        => Groups.SelectMany(group => group.Group.AreSeeds
            ? [(group.Group.Name, group)]
            : ((string Name, GroupResults Part)[])[.. group.Members.Select(member => (member.Name, group with { Members = [member] })), ($"median of {group.Group.Name}", group)]);

    /// <summary>All replays by trace.</summary>
    public static StudyResults Of(StudyScale scale, StudyPolicies policies, IReadOnlyList<WorkloadResults> workloads)
        => new(scale, policies, [.. StudyGroup.All.Select(group => new GroupResults(group, [.. workloads.Where(workload => workload.Group == group)])).Where(group => group.Members.Count > 0)]);
}
