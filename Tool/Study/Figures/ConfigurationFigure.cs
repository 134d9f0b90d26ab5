namespace Squelch.Tool;

/// <summary>A figure over all configurations of a trace: capacities times arrival rates.</summary>
internal abstract class ConfigurationFigure : StudyFigure
{
    /// <summary>What is replayed in each configuration.</summary>
    protected abstract IEnumerable<StudyPolicy> Compared(StudyPolicies policies);

    public override IEnumerable<(StudyPoint Point, StudyPolicy Policy)> Replays(Workload workload, StudyScale scale, StudyPolicies policies)
        => from point in scale.Configurations
           where workload.HasSessions || point.Rate == 1
           from policy in Compared(policies)
           select (point, policy);

    /// <summary>A bar per row of the table, with a whisker from the 5th to the 95th percentile over the configurations.</summary>
    protected static Chart Bars(string name, string title, StudyResults results, Axis x, Measure measure, Func<WorkloadResults, Spread?> spread) => new(
        name,
        title,
        ChartKind.Bars,
        x,
        new("", AxisLabel.Short),
        [
            .. from row in results.Rows
               let middle = row.Part.Estimate(measure, member => spread(member)?.At(0.5))
               let low = row.Part.Estimate(measure, member => spread(member)?.At(0.05))
               let high = row.Part.Estimate(measure, member => spread(member)?.At(0.95))
               where middle is not null
               select new Series(row.Name, row.Part.Group.IsElided ? 1 : 0, [new(middle.Value.Value, 0)]) { Range = new(low!.Value.Value, high!.Value.Value) },
        ])
    { Notes = ["Bars are medians over the configurations, whiskers go from the 5th to the 95th percentile. Red: old observations elided."] };
}
