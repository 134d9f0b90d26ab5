namespace Squelch.Tool;

/// <summary>What the paper's tuner chooses, and how far that is from the best fixed alpha.</summary>
internal sealed class TunersChoices : ConfigurationFigure
{
    public override string Name => "tuner";

    public override string Title => "The tuner's choices against fixed alphas";

    public override string Paper => "On LMSys the tuned Marconi hits 42.03 % where the best fixed alpha hits 44.54 %, 5.6 % more. Windows are 5 or 15 times the requests before the first eviction.";

    protected override IEnumerable<StudyPolicy> Compared(StudyPolicies policies) => [policies.Marconi, policies.MarconiLongWindow, .. policies.Fixed];

    public override FigureResult Reduce(StudyResults results)
    {
        IReadOnlyList<StudyPoint> points = results.Scale.Configurations;
        StudyPolicies policies = results.Policies;
        Claim[] claims =
        [
            new("tuned short of the best alpha", Measure.Percent, PaperNumber.Of(1 - (42.03 / 44.54)), member => Mean(member, point => 1 - (member.Hit(point, policies.Marconi) / Best(member, point)))) { IsLimit = true },
            new("the same, window x15", Measure.Percent, PaperNumber.Of(1 - (42.03 / 44.54)), member => Mean(member, point => 1 - (member.Hit(point, policies.MarconiLongWindow) / Best(member, point)))) { IsLimit = true },
        ];
        (string Header, Measure Measure, Func<WorkloadResults, double?> Of)[] columns =
        [
            ("configurations in which it chose", Measure.Percent, member => Mean(member, point => Chosen(member, point) is null ? 0 : 1)),
            ("alpha chosen, mean", Measure.Number, member => Mean(member, point => Chosen(member, point))),
            ("window, of all requests", Measure.Percent, member => Mean(member, point => (double?)member.Find(point, policies.Marconi)?.BootstrapWindow / member.Requests)),
            ("tuned hits", Measure.Percent, member => Mean(member, point => member.Hit(point, policies.Marconi))),
            ("tuned x15 hits", Measure.Percent, member => Mean(member, point => member.Hit(point, policies.MarconiLongWindow))),
            .. policies.Fixed.Select<StudyPolicy, (string, Measure, Func<WorkloadResults, double?>)>(alpha => (alpha.Name.Replace("Marconi, ", "", StringComparison.Ordinal), Measure.Percent, member => Mean(member, point => member.Hit(point, alpha)))),
            ("best alpha of each", Measure.Percent, member => Mean(member, point => Best(member, point))),
        ];
        return new(
            this,
            [.. claims.SelectMany(claim => claim.Judge(results))],
            StudyTable.Of(results, columns),
            [Bars("figure-tuner", "Tuned Marconi short of the best fixed alpha", results, new("of the best alpha's hit rate", AxisLabel.Percent), Measure.Percent, member => Spread.Over(points, point => 1 - (member.Hit(point, policies.Marconi) / Best(member, point))))]);

        double? Mean(WorkloadResults member, Func<StudyPoint, double?> number) => Spread.Over(points, number)?.Mean;

        double? Chosen(WorkloadResults member, StudyPoint point) => member.Find(point, policies.Marconi)?.TunedValue;

        double? Best(WorkloadResults member, StudyPoint point) => policies.Fixed.Max(alpha => member.Hit(point, alpha));
    }
}
