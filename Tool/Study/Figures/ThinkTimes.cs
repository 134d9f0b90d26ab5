namespace Squelch.Tool;

/// <summary>Figure 13b: hit rates by the time between a session's requests.</summary>
internal sealed class ThinkTimes : RetimedFigure
{
    public override string Name => "13b";

    public override string Title => "token hit rate by think time";

    public override string Paper
        => "On SWE-bench, from 5 to 10 seconds between requests, Marconi's hit rate falls from 25.9 to 24.1 % and SGLang+'s from 18.8 to 15.5 %, so that the gain rises from 1.4 to 1.6 times.";

    protected override string Varied => "times the trace's think time";

    protected override IReadOnlyList<SeriesStep> Steps(StudyScale scale)
        => [.. scale.Thinks.Select(think => new SeriesStep(Number.ThreeDigits(think), think, new(Share) { Think = think }))];

    protected override IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies)
        => [HitFalls(steps, policies, 25.90 / 24.08), GainRises(steps, policies, 24.08 / 15.49 / (25.90 / 18.83))];
}
