namespace Squelch.Tool;

/// <summary>Figure 12b: hit rates by the size of a recurrent layer's state.</summary>
internal sealed class StateSizes : SeriesFigure
{
    public override string Name => "12b";

    public override string Title => "token hit rate by state dimension";

    public override string Paper
        => "At one capacity Marconi hits 35.4 times as many tokens as vLLM+ with a state dimension of 128, and 5.7 times as many with 16; its own hit rate hardly moves (31.6 to 29.4 %).";

    protected override string Varied => "state dimension N";

    protected override IReadOnlyList<SeriesStep> Steps(StudyScale scale)
        => [.. scale.States.Select(state => new SeriesStep(state.Label, double.Parse(state.Label, System.Globalization.CultureInfo.InvariantCulture), new(ReplayPlan.TellingShare) { Model = state.Model }))];

    protected override IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies)
    {
        // 31.55 / 0.89 over 29.36 / 5.17.
        yield return new("over vLLM+: N 128 over N 16", Measure.Times, PaperNumber.Of(6.24), member => FirstOverLast(member, policies.VllmPlus));

        // 31.55 / 16.39 over 29.36 / 18.37.
        yield return new("over SGLang+: N 128 over N 16", Measure.Times, PaperNumber.Of(1.204), member => FirstOverLast(member, policies.SglangPlus));

        double? FirstOverLast(WorkloadResults member, StudyPolicy than) => member.Ratio(steps[0].Point, policies.Marconi, than) / member.Ratio(steps[^1].Point, policies.Marconi, than);
    }
}
