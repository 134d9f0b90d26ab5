namespace Squelch.Tool;

/// <summary>Figure 8: hit rate over that of SGLang+.</summary>
internal sealed class AgainstSglang : ConfigurationFigure
{
    public override string Name => "8";

    public override string Title => "token hit rate of Marconi against SGLang+";

    public override string Paper
        => "In the best twentieth of configurations (P95) Marconi hits 45.6 % more tokens than SGLang+ on LMSys, 19.0 % more on ShareGPT, 219.7 % more on SWE-bench. How often it hits less is not said.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.SglangPlus];

    public override FigureResult Reduce(StudyResults results)
    {
        IReadOnlyList<StudyPoint> points = results.Scale.Configurations;
        (StudyPolicy marconi, StudyPolicy sglang) = (results.Policies.Marconi, results.Policies.SglangPlus);
        var claim = new Claim("hit rate against SGLang+, P95", Measure.Change, new(0.19, 2.197), member => Gains(member)?.At(0.95));
        return new(
            this,
            [.. claim.Judge(results)],
            StudyTable.Of(results, [
                ("P5", Measure.Change, member => Gains(member)?.At(0.05)),
                ("median", Measure.Change, member => Gains(member)?.At(0.5)),
                ("mean", Measure.Change, member => Gains(member)?.Mean),
                ("P95", Measure.Change, claim.Here),
                ("configurations where it is lower", Measure.Percent, member => Gains(member)?.Below(0)),
                ("Marconi hits", Measure.Percent, member => Spread.Over(points, point => member.Hit(point, marconi))?.Mean),
                ("SGLang+ hits", Measure.Percent, member => Spread.Over(points, point => member.Hit(point, sglang))?.Mean),
            ]),
            [Bars("figure-8", Title, results, new("hit rate against SGLang+", Measure.Change.Text), Measure.Change, Gains)]);

        Spread? Gains(WorkloadResults member) => Spread.Over(points, point => member.Ratio(point, marconi, sglang) - 1);
    }
}
