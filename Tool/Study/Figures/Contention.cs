namespace Squelch.Tool;

/// <summary>Figure 11: hit rates by capacity.</summary>
internal sealed class Contention : SeriesFigure
{
    public override string Name => "11";

    public override string Title => "token hit rate by capacity";

    public override string Paper
        => "On SWE-bench the gain over SGLang+ is greatest in the middle: +24, +51, +68, +30 and +10 % at 60, 80, 100, 120 and 140 GB, where Marconi hits 9.6 to 48.2 %.";

    protected override string Varied => "share of what the trace fills";

    protected override IReadOnlyList<SeriesStep> Steps(StudyScale scale) => [.. scale.MoreShares.Select(share => new SeriesStep($"{Number.WholePercent(share)} %", share, new(share)))];

    protected override IEnumerable<Claim> Claims(IReadOnlyList<SeriesStep> steps, StudyPolicies policies)
    {
        yield return new("greatest gain over SGLang+", Measure.Change, PaperNumber.Of(0.683), member => Gains(member).DefaultIfEmpty(double.NaN).Max() - 1);

        // 1.683 over 1.243, the greater one of the ends.
        yield return new("gain in the middle over that at the ends", Measure.Times, PaperNumber.Of(1.354), member => Gains(member) is { Length: > 2 } gains ? gains[1..^1].Max() / Math.Max(gains[0], gains[^1]) : null);

        double[] Gains(WorkloadResults member) => WorkloadResults.Over(steps.Select(step => step.Point), point => member.Ratio(point, policies.Marconi, policies.SglangPlus));
    }
}
