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
        (StudyPolicy marconi, StudyPolicy vllm) = (results.Policies.Marconi, results.Policies.VllmPlus);
        var claim = new Claim("hit rate over vLLM+, mean", Measure.Times, new(4.5, 34.4), member => Ratios(member)?.Mean);
        return new(
            this,
            [.. claim.Judge(results)],
            StudyTable.Of(results, [
                ("mean", Measure.Times, claim.Here),
                ("P5", Measure.Times, member => Ratios(member)?.At(0.05)),
                ("median", Measure.Times, member => Ratios(member)?.At(0.5)),
                ("P95", Measure.Times, member => Ratios(member)?.At(0.95)),
                ("Marconi hits", Measure.Percent, member => Spread.Over(points, point => member.Hit(point, marconi))?.Mean),
                ("vLLM+ hits", Measure.Percent, member => Spread.Over(points, point => member.Hit(point, vllm))?.Mean),
            ]),
            [Bars("figure-7", Title, results, new("times the hit rate of vLLM+", Measure.Times.Text), Measure.Times, Ratios)]);

        Spread? Ratios(WorkloadResults member) => Spread.Over(points, point => member.Ratio(point, marconi, vllm));
    }
}
