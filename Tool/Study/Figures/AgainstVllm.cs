namespace Squelch.Tool;

/// <summary>Figure 7: hit rate over that of vLLM+.</summary>
internal sealed class AgainstVllm : ConfigurationFigure
{
    public override string Name => "7";

    public override string Title => "token hit rate of Marconi over vLLM+";

    public override string Paper => "In the mean over configurations Marconi hits 4.5 times as many tokens as vLLM+ on LMSys, 7.3 times on ShareGPT, 34.4 times on SWE-bench.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.VllmPlus];

    public override FigureResult Reduce(StudyResults results)
    {
        IReadOnlyList<StudyPoint> points = results.Scale.Configurations;
        StudyPolicies policies = results.Policies;
        var claim = new Claim("hit rate over vLLM+, mean", Measure.Times, new(4.5, 34.4), member => Ratios(member)?.Mean);
        StudyColumn[] columns = [new("mean", Measure.Times), new("P5", Measure.Times), new("median", Measure.Times), new("P95", Measure.Times), new("Marconi hit %", Measure.Percent), new("vLLM+ hit %", Measure.Percent)];
        return new(
            this,
            [.. claim.Judge(results)],
            new("", columns, [.. results.Rows.Select(row => new StudyRow(row.Name, "", [
                row.Part.Estimate(member => Ratios(member)?.Mean),
                row.Part.Estimate(member => Ratios(member)?.At(0.05)),
                row.Part.Estimate(member => Ratios(member)?.At(0.5)),
                row.Part.Estimate(member => Ratios(member)?.At(0.95)),
                row.Part.Estimate(member => Spread.Over(points, point => member.Hit(point, policies.Marconi))?.Mean),
                row.Part.Estimate(member => Spread.Over(points, point => member.Hit(point, policies.VllmPlus))?.Mean)]))]),
            [Bars("figure-7", Title, results, new("times the hit rate of vLLM+", Measure.Times.Text), Ratios)]);

        Spread? Ratios(WorkloadResults member) => Spread.Over(points, point => member.Ratio(point, policies.Marconi, policies.VllmPlus));
    }
}
