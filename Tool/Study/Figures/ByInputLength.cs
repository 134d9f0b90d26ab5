namespace Squelch.Tool;

/// <summary>Figure 10: where Marconi gains most over SGLang+, by length of the input.</summary>
internal sealed class ByInputLength : ConfigurationFigure
{
    /// <summary>The border of bands that is nearest to the paper's 7,000 tokens.</summary>
    private const int LongTokens = 8192;

    /// <summary>A band with fewer requests tells nothing.</summary>
    private const int FewestRequests = 20;

    public override string Name => "10";

    public override string Title => "Marconi against SGLang+ by length of the input, in the configuration where it gains most";

    public override string Paper
        => "On SWE-bench, in the configuration where the hit rate doubles (+99.4 %), 90.3 % more FLOPs are saved; inputs under 7,000 tokens lose up to 3.0 points, longer ones gain up to 25.5. TTFT: P5 +6.3 %, P50 -13.4 %, P95 -22.0 %.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.SglangPlus];

    public override FigureResult Reduce(StudyResults results)
    {
        (StudyPolicy marconi, StudyPolicy sglang) = (results.Policies.Marconi, results.Policies.SglangPlus);
        Claim[] claims =
        [
            new("hit rate, most gained", Measure.Change, PaperNumber.Of(0.994), member => Change(member, result => result.TokenHitRate)),
            new("FLOPs saved there", Measure.Change, PaperNumber.Of(0.903), member => Change(member, result => result.FlopsSavedShare)),
            new("P50 TTFT there", Measure.Change, PaperNumber.Of(-0.134), member => Change(member, result => result.Ttft.P50)),
            new("P95 TTFT there", Measure.Change, PaperNumber.Of(-0.22), member => Change(member, result => result.Ttft.P95)),
            new("P5 TTFT there", Measure.Change, PaperNumber.Of(0.063), member => Change(member, result => result.Ttft.P5)),
            new("points that long inputs gain more than short ones", Measure.Points, PaperNumber.Of(0.285), LongOverShort),
        ];
        return new(
            this,
            [.. claims.SelectMany(claim => claim.Judge(results))],
            Table(results),
            [
                Points("Points gained over SGLang+ by length", results.Groups.Where(group => group.Group.AreSeeds).Select(group => (group.Group.Name, group))),
                .. from traces in results.Groups
                   where !traces.Group.AreSeeds
                   select Points($"Points gained over SGLang+ by length: {traces.Group.Name}", results.Rows.Where(row => row.Part.Group == traces.Group && row.Part.Members.Count == 1)),
            ]);

        double? Change(WorkloadResults member, Func<ReplayResult, double> value)
            => At(member, results, marconi) is { } own && At(member, results, sglang) is { } other ? (value(own) / value(other)) - 1 : null;

        double? LongOverShort(WorkloadResults member)
        {
            var gains = Gains(member).ToLookup(gain => gain.From >= LongTokens, gain => gain.Points);
            return gains.Count == 2 ? gains[true].Max() - gains[false].Min() : null;
        }

        IEnumerable<(int From, double Points)> Gains(WorkloadResults member)
            => from own in At(member, results, marconi)?.Profile!.Lengths ?? []
               join other in At(member, results, sglang)!.Profile!.Lengths on own.From equals other.From
               where own.Requests >= FewestRequests
               select (own.From, (double)(own.Tokens.Hit - other.Tokens.Hit) / own.Tokens.Input);

        Chart Points(string title, IEnumerable<(string Name, GroupResults Part)> rows) => new(
            "figure-10",
            title,
            ChartKind.Lines,
            new("input tokens, at least", AxisLabel.Short) { IsLogarithmic = true },
            new("points over SGLang+", AxisLabel.Points),
            [
                .. rows.Select((row, i) => new Series(row.Name, i, [
                    .. from gain in row.Part.Members.SelectMany(Gains)
                       group gain.Points by gain.From into band
                       orderby band.Key
                       select new ChartPoint(band.Key, band.Average()),
                ])),
            ]);
    }

    private static StudyTable Table(StudyResults results)
    {
        (string Header, Measure Measure, Func<ReplayResult, double> Of)[] columns =
        [
            ("token hits", Measure.Percent, result => result.TokenHitRate),
            ("FLOPs saved", Measure.Percent, result => result.FlopsSavedShare),
            ("TTFT P5 ms", Measure.Milliseconds, result => result.Ttft.P5),
            ("P50 ms", Measure.Milliseconds, result => result.Ttft.P50),
            ("P95 ms", Measure.Milliseconds, result => result.Ttft.P95),
        ];
        return StudyTable.Of<StudyPolicy>(results, "policy", [.. ((StudyPolicy[])[results.Policies.Marconi, results.Policies.SglangPlus]).Select(policy => (policy.Name, policy))], [
            .. columns.Select(column => new StudyColumn<StudyPolicy>(column.Header, column.Measure, (member, policy) => At(member, results, policy) is { } result ? column.Of(result) : null)),
        ]);
    }

    private static ReplayResult? At(WorkloadResults member, StudyResults results, StudyPolicy policy) => member.Find(BestPoint(member, results), policy);

    /// <summary>Where Marconi's hit rate exceeds that of SGLang+ most.</summary>
    private static StudyPoint BestPoint(WorkloadResults member, StudyResults results)
        => results.Scale.Configurations.MaxBy(point => member.Ratio(point, results.Policies.Marconi, results.Policies.SglangPlus) ?? double.NegativeInfinity)!;
}
