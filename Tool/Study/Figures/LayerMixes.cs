namespace Squelch.Tool;

/// <summary>Figure 12a: hit rates by the mix of layers.</summary>
internal sealed class LayerMixes : SeriesFigure
{
    public override string Name => "12a";

    public override string Title => "token hit rate by recurrent and attention layers";

    public override string Paper
        => "At one capacity the gain grows with the share of recurrent layers: 3.6 times the hit rate of vLLM+ and 1.6 times that of SGLang+ with 32 recurrent and 4 attention layers, and none with attention alone.";

    protected override string Varied => "recurrent : attention layers";

    protected override bool IsLogarithmic => false;

    protected override IReadOnlyList<SeriesStep> Steps(StudyScale scale)
        => [.. scale.Mixes.Select((mix, i) => new SeriesStep(mix.Label, i, new(ReplayPlan.TellingShare) { Model = mix.Model }))];

    protected override IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies)
    {
        // 18.06 / 5.01 at 32 : 4, over 5.05 / 5.04 of attention alone.
        yield return new("over vLLM+: most recurrent over none", Measure.Times, PaperNumber.Of(3.60), member => FirstOverLast(member, policies.VllmPlus));

        // 18.06 / 11.31 over 5.05 / 5.04.
        yield return new("over SGLang+: most recurrent over none", Measure.Times, PaperNumber.Of(1.594), member => FirstOverLast(member, policies.SglangPlus));

        double? FirstOverLast(WorkloadResults member, StudyPolicy than) => member.Ratio(steps[0].Point, policies.Marconi, than) / member.Ratio(steps[^1].Point, policies.Marconi, than);
    }
}
