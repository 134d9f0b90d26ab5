namespace Squelch.Tool;

/// <summary>Figure 13: the same requests at other times, from few at a time to many.</summary>
internal abstract class RetimedFigure : SeriesFigure
{
    /// <summary>Where little more than the sessions under way fits.</summary>
    protected const double Share = 0.1;

    protected override bool NeedsSessions => true;

    /// <summary>Marconi's hit rate at the first step over that at the last.</summary>
    protected static Claim HitFalls(IReadOnlyList<SeriesStep> steps, StudyPolicies policies, double paper)
        => new("hit rate, first over last", Measure.Times, PaperNumber.Of(paper), member => member.Hit(steps[0].Point, policies.Marconi) / member.Hit(steps[^1].Point, policies.Marconi));

    /// <summary>The gain over SGLang+ at the last step over that at the first.</summary>
    protected static Claim GainRises(IReadOnlyList<SeriesStep> steps, StudyPolicies policies, double paper)
        => new("gain over SGLang+, last over first", Measure.Times, PaperNumber.Of(paper), member => Gain(member, steps[^1], policies) / Gain(member, steps[0], policies));

    private static double? Gain(WorkloadResults member, SeriesStep step, StudyPolicies policies) => member.Ratio(step.Point, policies.Marconi, policies.SglangPlus);
}
