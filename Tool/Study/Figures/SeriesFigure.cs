namespace Squelch.Tool;

/// <summary>A step of a series: one point, and what the axis calls it.</summary>
/// <param name="Label">On the axis and in tables.</param>
/// <param name="X">Where it stands on the axis.</param>
/// <param name="Point">The conditions.</param>
internal sealed record SeriesStep(string Label, double X, StudyPoint Point);

/// <summary>A figure in which one condition varies: hit rates of the three policies against it.</summary>
internal abstract class SeriesFigure : StudyFigure
{
    /// <summary>What varies.</summary>
    protected abstract string Varied { get; }

    /// <summary>True where equal ratios are equally far apart.</summary>
    protected virtual bool IsLogarithmic => true;

    /// <summary>True where a trace without sessions has nothing to vary.</summary>
    protected virtual bool NeedsSessions => false;

    /// <summary>The steps in the order of the axis.</summary>
    protected abstract IReadOnlyList<SeriesStep> Steps(StudyScale scale);

    /// <summary>What the paper says in numbers.</summary>
    protected abstract IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies);

    public override IEnumerable<(StudyPoint Point, StudyPolicy Policy)> Replays(Workload workload, StudyScale scale, StudyPolicies policies)
        => from step in NeedsSessions && !workload.HasSessions ? [] : Steps(scale)
           from policy in Compared(policies)
           select (step.Point, policy);

    public override FigureResult Reduce(StudyResults results)
    {
        IReadOnlyList<SeriesStep> steps = Steps(results.Scale);
        StudyPolicies policies = results.Policies;
        (string Name, GroupResults Part)[] rows = [.. results.Rows.Where(row => !NeedsSessions || row.Part.Members.Any(member => steps.All(step => member.Find(step.Point, policies.Marconi) is not null)))];
        return new(
            this,
            [.. Claims(steps, policies).SelectMany(claim => claim.Judge(results))],
            StudyTable.Of<StudyPoint>(results, Varied, [.. steps.Select(step => (step.Label, step.Point))], [
                .. Compared(policies).Select(policy => new StudyColumn<StudyPoint>($"{policy.Name} hits", Measure.Percent, (member, point) => member.Hit(point, policy))),
                new("over SGLang+", Measure.Times, (member, point) => member.Ratio(point, policies.Marconi, policies.SglangPlus)),
                new("over vLLM+", Measure.Times, (member, point) => member.Ratio(point, policies.Marconi, policies.VllmPlus)),
                new("Marconi TTFT P95 ms", Measure.Milliseconds, (member, point) => member.Find(point, policies.Marconi)?.Ttft.P95),
            ]),
            [.. results.Groups.Where(group => rows.Any(row => row.Part.Group == group.Group)).Select(group => ChartOf(group, steps, policies, rows))]);
    }

    /// <summary>Of seeds the three hit rates; of given traces how Marconi stands to SGLang+ in each.</summary>
    private Chart ChartOf(GroupResults group, IReadOnlyList<SeriesStep> steps, StudyPolicies policies, (string Name, GroupResults Part)[] rows)
    {
        var x = new Axis(Varied, value => steps.MinBy(step => Math.Abs(step.X - value))!.Label) { IsLogarithmic = IsLogarithmic, Ticks = [.. steps.Select(step => step.X).Order()] };
        string name = $"figure-{Name}";
        return group.Group.AreSeeds
            ? new(name, $"Token hit rate: {group.Group.Name}", ChartKind.Lines, x, new("token hit rate", AxisLabel.Percent), [
                .. Compared(policies).Select((policy, i) => Line(policy.Name, i, group, member => step => member.Hit(step, policy))),
            ])
            : new(name, $"Marconi over SGLang+: {group.Group.Name}", ChartKind.Lines, x, new("times the hit rate of SGLang+", Measure.Times.Text), [
                .. rows.Where(row => row.Part.Group == group.Group && row.Part.Members.Count == 1)
                    .Select((row, i) => Line(row.Name, i, row.Part, member => step => member.Ratio(step, policies.Marconi, policies.SglangPlus))),
            ]);

        Series Line(string of, int colour, GroupResults part, Func<WorkloadResults, Func<StudyPoint, double?>> number)
            => new(of, colour, [.. steps.OrderBy(step => step.X).Select(step => new ChartPoint(step.X, part.Estimate(Measure.Percent, member => number(member)(step.Point))?.Value ?? double.NaN))]);
    }

    private static IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.SglangPlus, policies.VllmPlus];
}
