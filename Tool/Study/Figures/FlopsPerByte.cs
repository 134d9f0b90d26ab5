namespace Squelch.Tool;

/// <summary>Figure 5: FLOPs that a cached prefix saves per byte that it takes, by its length.</summary>
internal sealed class FlopsPerByte : FormulaFigure
{
    private static readonly int[] s_lengths = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 32_000];
    private static readonly ModelShape s_transformer = ModelCatalog.Find("transformer-7b");

    public override string Name => "5";

    public override string Title => "FLOPs saved per byte by length of the prefix";

    public override string Paper => "A hybrid's cached prefix saves more FLOPs per byte the longer it is: 0.110 MFLOP per byte at 500 tokens, 0.230 at 32,000.";

    public override FigureResult Reduce(StudyResults results)
    {
        double shortest = Efficiency(ModelShape.PaperHybrid, s_lengths[0]);
        double longest = Efficiency(ModelShape.PaperHybrid, s_lengths[^1]);
        StudyColumn[] columns = [new("7B hybrid, MFLOP/B", Measure.MegaflopsPerByte), new("transformer, MFLOP/B", Measure.MegaflopsPerByte), new("hybrid's attention share of FLOPs", Measure.Percent)];
        StudyRow[] rows = [.. s_lengths.Select(length => new StudyRow(Group, Measure.Number.Text(length), [
            Estimate.Of(Efficiency(ModelShape.PaperHybrid, length)),
            Estimate.Of(Efficiency(s_transformer, length)),
            Estimate.Of((double)ModelShape.PaperHybrid.Flops(length).Attention / (double)ModelShape.PaperHybrid.Flops(length).Total)]))];
        return new(
            this,
            [
                Judge("MFLOP/B at 500 tokens", Measure.MegaflopsPerByte, 0.110e6, shortest),
                Judge("MFLOP/B at 32,000 tokens", Measure.MegaflopsPerByte, 0.230e6, longest),
            ],
            new("tokens", columns, rows),
            [
                new("figure-5", Title, ChartKind.Lines, new("tokens of the prefix", AxisLabel.Short) { IsLogarithmic = true }, new("MFLOP per byte", AxisLabel.Short) { From = 0 },
                    [Line("7B hybrid", 0, ModelShape.PaperHybrid), Line("transformer", 1, s_transformer)]),
            ]);
    }

    private static double Efficiency(ModelShape model, int length) => model.TotalFlops(length) / (model.KvBytes(length) + model.CheckpointBytes);

    private static Series Line(string name, int colour, ModelShape model)
        => new(name, colour, [.. s_lengths.Select(length => new ChartPoint(length, Efficiency(model, length) / 1e6))]);
}
