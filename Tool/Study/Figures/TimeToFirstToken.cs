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
        IReadOnlyList<StudyPoint> points = results.Scale.Configurations;
        Claim[] claims =
        [
            new("P95 TTFT saved of no cache", Measure.Percent, new(0.369, 0.468), member => Best(member, null, floored: false)),
            new("the same, measured floor", Measure.Percent, new(0.369, 0.468), member => Best(member, null, floored: true)),
            new("P95 TTFT saved of vLLM+", Measure.Percent, new(0.361, 0.468), member => Best(member, policies.VllmPlus, floored: false)),
            new("P95 TTFT saved of SGLang+", Measure.Percent, new(0.128, 0.247), member => Best(member, policies.SglangPlus, floored: false)),
        ];
        return new(this, [.. claims.SelectMany(claim => claim.Judge(results))], Table(results), [
                Bars("figure-9", "P95 time to first token that Marconi saves of no cache", results, new("of P95 without a cache", AxisLabel.Percent), member => Savings(member, null)),
                Bars("figure-9-sglang", "P95 time to first token that Marconi saves of SGLang+", results, new("of P95 without a cache", AxisLabel.Percent), member => Savings(member, policies.SglangPlus)),
            ]);

        double? Best(WorkloadResults member, StudyPolicy? than, bool floored)
            => Spread.Over(points, point => Saved(member, point, policies.Marconi, than, floored))?.At(1);

        Spread? Savings(WorkloadResults member, StudyPolicy? than) => Spread.Over(points, point => Saved(member, point, policies.Marconi, than, floored: false));
    }

    /// <summary>Milliseconds of P95 that one policy saves of another or of no cache, over those without a cache: so the paper reckons.</summary>
    private static double? Saved(WorkloadResults member, StudyPoint point, StudyPolicy policy, StudyPolicy? than, bool floored)
    {
        double uncached = (floored ? member.UncachedFloored : member.Uncached).P95;
        double? Ms(StudyPolicy of) => member.Find(point, of) is not { } result ? null : (floored ? result.TtftFloored : result.Ttft).P95;
        return ((than is null ? uncached : Ms(than)) - Ms(policy)) / uncached;
    }

    private static StudyTable Table(StudyResults results)
    {
        StudyPolicies policies = results.Policies;
        StudyColumn[] columns =
        [
            new("hit %", Measure.Percent), new("FLOPs saved %", Measure.Percent), new("P5 ms", Measure.Milliseconds), new("P50 ms", Measure.Milliseconds), new("P95 ms", Measure.Milliseconds),
            new("P95 saved", Measure.Percent), new("floored P5 ms", Measure.Milliseconds), new("floored P95 ms", Measure.Milliseconds), new("floored P95 saved", Measure.Percent),
        ];
        return new("policy", columns, [
            .. from row in results.Rows
               from policy in (StudyPolicy?[])[null, policies.Marconi, policies.SglangPlus, policies.VllmPlus]
               where policy is null || row.Part.Members.Any(member => member.Find(BestPoint(member, results), policy) is not null)
               select new StudyRow(row.Name, policy?.Name ?? "no cache", Values(results, row.Part, policy)),
        ]);
    }

    private static Estimate?[] Values(StudyResults results, GroupResults part, StudyPolicy? policy)
    {
        return
        [
            Of(result => result.TokenHitRate, _ => 0),
            Of(result => result.FlopsSavedShare, _ => 0),
            Of(result => result.Ttft.P5, member => member.Uncached.P5),
            Of(result => result.Ttft.P50, member => member.Uncached.P50),
            Of(result => result.Ttft.P95, member => member.Uncached.P95),
            Saving(floored: false),
            Of(result => result.TtftFloored.P5, member => member.UncachedFloored.P5),
            Of(result => result.TtftFloored.P95, member => member.UncachedFloored.P95),
            Saving(floored: true),
        ];

        Estimate? Of(Func<ReplayResult, double> cached, Func<WorkloadResults, double> uncached)
            => part.Estimate(member => policy is null ? uncached(member) : member.Find(BestPoint(member, results), policy) is { } result ? cached(result) : null);

        Estimate? Saving(bool floored) => part.Estimate(member => policy is null ? 0 : Saved(member, BestPoint(member, results), policy, null, floored));
    }

    /// <summary>Where Marconi's P95 falls most.</summary>
    private static StudyPoint BestPoint(WorkloadResults member, StudyResults results)
        => results.Scale.Configurations.MaxBy(point => Saved(member, point, results.Policies.Marconi, null, floored: false) ?? double.NegativeInfinity)!;
}
