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
        StudyPolicies policies = results.Policies;
        var claim = new Claim("hit rate against SGLang+, P95", Measure.Change, new(0.19, 2.197), member => Gains(member)?.At(0.95));
        StudyColumn[] columns =
            [new("P5", Measure.Change), new("median", Measure.Change), new("mean", Measure.Change), new("P95", Measure.Change), new("configurations where it is lower", Measure.Percent), new("Marconi hit %", Measure.Percent), new("SGLang+ hit %", Measure.Percent)];
        return new(
            this,
            [.. claim.Judge(results)],
            new("", columns, [.. results.Rows.Select(row => new StudyRow(row.Name, "", [
                row.Part.Estimate(member => Gains(member)?.At(0.05)),
                row.Part.Estimate(member => Gains(member)?.At(0.5)),
                row.Part.Estimate(member => Gains(member)?.Mean),
                row.Part.Estimate(member => Gains(member)?.At(0.95)),
                row.Part.Estimate(member => Gains(member)?.Below(0)),
                row.Part.Estimate(member => Spread.Over(points, point => member.Hit(point, policies.Marconi))?.Mean),
                row.Part.Estimate(member => Spread.Over(points, point => member.Hit(point, policies.SglangPlus))?.Mean)]))]),
            [Bars("figure-8", Title, results, new("hit rate against SGLang+", Measure.Change.Text), Gains)]);

        Spread? Gains(WorkloadResults member) => Spread.Over(points, point => member.Ratio(point, policies.Marconi, policies.SglangPlus) - 1);
    }
}
