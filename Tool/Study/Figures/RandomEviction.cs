namespace Squelch.Tool;

/// <summary>How much of Marconi's gain over SGLang+ is its score: random eviction and alpha 0 as controls, which the paper lacks.</summary>
internal sealed class RandomEviction : ConfigurationFigure
{
    public override string Name => "random";

    public override string Title => "Where the gain over SGLang+ comes from: random eviction and alpha 0 as controls";

    public override string Paper => "The paper puts its gain over SGLang+ down to FLOP-aware scores. Then policies that know no FLOPs, which are random eviction and alpha 0, must gain nothing, and Marconi must beat the best of them by all that it gains.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.SglangPlus, policies.RandomLeaf, policies.RandomNode, policies.Fixed[0]];

    public override FigureResult Reduce(StudyResults results)
    {
        IReadOnlyList<StudyPoint> points = results.Scale.Configurations;
        StudyPolicies policies = results.Policies;
        (string Header, Func<WorkloadResults, double?> Gain)[] columns =
        [
            ("Marconi, tuned", member => Over(member, policies.Marconi)),
            ("Marconi, alpha 0", member => Over(member, policies.Fixed[0])),
            ("random leaf", member => Over(member, policies.RandomLeaf)),
            ("random node", member => Over(member, policies.RandomNode)),
        ];
        var claim = new Claim("points over the best control", Measure.Points, default, OverBlind);
        return new(
            this,
            [.. results.Groups.SelectMany(Judge)],
            StudyTable.Of(results, [
                ("SGLang+ hits", Measure.Percent, member => Spread.Over(points, point => member.Hit(point, policies.SglangPlus))?.Mean),
                .. columns.Select(column => ($"{column.Header}, points over SGLang+", Measure.Points, column.Gain)),
            ]),
            [
                .. results.Groups.Where(group => group.Group.AreSeeds).Select(group => new Chart(
                    "figure-random",
                    $"Points of token hit rate over SGLang+: {group.Group.Name}",
                    ChartKind.Bars,
                    new("points over SGLang+, mean over configurations", AxisLabel.Points),
                    new("", AxisLabel.Short),
                    [.. columns.Select((column, i) => (Gain: group.Estimate(Measure.Points, column.Gain)!.Value, column.Header, i)).Select(bar => new Series(bar.Header, bar.i, [new(bar.Gain.Value, 0)]) { Range = new(bar.Gain.Low, bar.Gain.High) })])
                { Notes = ["Whiskers: 95 % intervals of the mean over seeds."] }),
            ]);

        double? Over(WorkloadResults member, StudyPolicy policy) => Spread.Over(points, point => member.Hit(point, policy) - member.Hit(point, policies.SglangPlus))?.Mean;

        double? OverBlind(WorkloadResults member)
            => Over(member, policies.Marconi) - ((StudyPolicy[])[policies.RandomLeaf, policies.RandomNode, policies.Fixed[0]]).Max(blind => Over(member, blind));

        // What the paper expects is no number of its own: all that Marconi gains over SGLang+ here.
        IEnumerable<StudyFinding> Judge(GroupResults group)
        {
            double gain = group.Estimate(Measure.Points, member => Over(member, policies.Marconi))?.Value ?? 0;
            if (group.Estimate(Measure.Points, claim.Here) is { } here)
            {
                yield return new(claim, group.Group.Name, null, here, gain <= 0 ? Verdict.Not : Judging.OfEffect(Measure.Points, gain, here, group.Group.AreSeeds));
            }
        }
    }
}
