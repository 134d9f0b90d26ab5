namespace Squelch.Tool;

/// <summary>Figure 13a: hit rates by how often sessions begin.</summary>
internal sealed class ArrivalRates : RetimedFigure
{
    public override string Name => "13a";

    public override string Title => "token hit rate by arrival rate";

    public override string Paper
        => "On SWE-bench, from 0.5 to 2 sessions per second, Marconi's hit rate falls from 48.7 to 43.0 % and SGLang+'s from 35.2 to 26.4 %, so that the gain rises from 1.4 to 1.6 times.";

    protected override string Varied => "times the trace's arrival rate";

    protected override IReadOnlyList<SeriesStep> Steps(StudyScale scale)
        => [.. scale.MoreRates.Select(rate => new SeriesStep(Number.ThreeDigits(rate), rate, new(Share) { Rate = rate }))];

    protected override IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies)
        => [HitFalls(steps, policies, 48.70 / 43.02), GainRises(steps, policies, 43.02 / 26.36 / (48.70 / 35.18))];
}
