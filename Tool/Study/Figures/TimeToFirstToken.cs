namespace Squelch.Tool;

/// <summary>Figure 9: times to first token, in the configuration that suits Marconi best.</summary>
internal sealed class TimeToFirstToken : ConfigurationFigure
{
    public override string Name => "9";

    public override string Title => "time to first token, each trace in its best configuration";

    public override string Paper
        => "P95 falls by 36.9 % of that without a cache on LMSys, 73.2 % on ShareGPT, 46.8 % on SWE-bench; against vLLM+ by 36.1, 71.1 and 46.8 % of the same, against SGLang+ by 17.2, 12.8 and 24.7 %.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.SglangPlus, policies.VllmPlus];

    public override FigureResult Reduce(StudyResults results)
    {
        StudyPolicies policies = results.Policies;
        Claim[] claims =
        [
            new("P95 TTFT saved of no cache", Measure.Percent, new(0.369, 0.468), member => Savings(member, null, floored: false)?.At(1)),
            new("the same, measured floor", Measure.Percent, new(0.369, 0.468), member => Savings(member, null, floored: true)?.At(1)),
            new("P95 TTFT saved of vLLM+", Measure.Percent, new(0.361, 0.468), member => Savings(member, policies.VllmPlus, floored: false)?.At(1)),
            new("P95 TTFT saved of SGLang+", Measure.Percent, new(0.128, 0.247), member => Savings(member, policies.SglangPlus, floored: false)?.At(1)),
        ];
        return new(this, [.. claims.SelectMany(claim => claim.Judge(results))], Table(results), [
            Bars("figure-9", "P95 time to first token that Marconi saves of no cache", results, new("of P95 without a cache", AxisLabel.Percent), Measure.Percent, member => Savings(member, null, floored: false)),
            Bars("figure-9-sglang", "P95 time to first token that Marconi saves of SGLang+", results, new("of P95 without a cache", AxisLabel.Percent), Measure.Percent, member => Savings(member, policies.SglangPlus, floored: false)),
        ]);

        Spread? Savings(WorkloadResults member, StudyPolicy? than, bool floored)
            => Spread.Over(results.Scale.Configurations, point => Saved(member, point, policies.Marconi, than, floored));
    }

    /// <summary>Milliseconds of P95 that one policy saves of another or of no cache, over those without a cache: so the paper reckons.</summary>
    private static double? Saved(WorkloadResults member, StudyPoint point, StudyPolicy policy, StudyPolicy? than, bool floored)
    {
        double uncached = Ms(member.Uncached, member.UncachedFloored);
        return ((than is null ? uncached : Of(than)) - Of(policy)) / uncached;

        double? Of(StudyPolicy of) => member.Find(point, of) is { } result ? Ms(result.Ttft, result.TtftFloored) : null;

        double Ms(TtftSummary paper, TtftSummary measured) => (floored ? measured : paper).P95;
    }

    /// <summary>All percentiles of all policies, and without a cache.</summary>
    private static StudyTable Table(StudyResults results)
    {
        StudyPolicies policies = results.Policies;
        (string Header, Measure Measure, Func<ReplayResult, double> Cached, Func<WorkloadResults, double> Uncached)[] columns =
        [
            ("token hits", Measure.Percent, result => result.TokenHitRate, _ => 0),
            ("FLOPs saved", Measure.Percent, result => result.FlopsSavedShare, _ => 0),
            ("P5 ms", Measure.Milliseconds, result => result.Ttft.P5, member => member.Uncached.P5),
            ("P50 ms", Measure.Milliseconds, result => result.Ttft.P50, member => member.Uncached.P50),
            ("P95 ms", Measure.Milliseconds, result => result.Ttft.P95, member => member.Uncached.P95),
            ("floored P5 ms", Measure.Milliseconds, result => result.TtftFloored.P5, member => member.UncachedFloored.P5),
            ("floored P50 ms", Measure.Milliseconds, result => result.TtftFloored.P50, member => member.UncachedFloored.P50),
            ("floored P95 ms", Measure.Milliseconds, result => result.TtftFloored.P95, member => member.UncachedFloored.P95),
        ];
        return StudyTable.Of<StudyPolicy?>(
            results,
            "policy",
            [("no cache", null), .. ((StudyPolicy[])[policies.Marconi, policies.SglangPlus, policies.VllmPlus]).Select(policy => (policy.Name, policy))],
            [
                .. columns.Select(column => new StudyColumn<StudyPolicy?>(column.Header, column.Measure, (member, policy)
                    => policy is null ? column.Uncached(member) : member.Find(BestPoint(member, results), policy) is { } result ? column.Cached(result) : null)),
            ]);
    }

    /// <summary>Where Marconi's P95 falls most.</summary>
    private static StudyPoint BestPoint(WorkloadResults member, StudyResults results)
        => results.Scale.Configurations.MaxBy(point => Saved(member, point, results.Policies.Marconi, null, floored: false) ?? double.NegativeInfinity)!;
}
