namespace Squelch.Tool;

/// <summary>Figure 3b: what a sequence takes where every block has a checkpoint.</summary>
internal sealed class StateByBlockSize : FormulaFigure
{
    private const int Tokens = 10_000;

    /// <summary>The paper's pure transformer of this figure: 32 attention layers.</summary>
    private static readonly ModelShape s_transformer = ModelShape.Paper("paper-0-32", recurrent: 0, attention: 32, mlp: 32, hidden: 4096, state: 128);

    private static readonly int[] s_blocks = [16, 32, 64, 128, 256, 512];

    public override string Name => "3b";

    public override string Title => "state of a 10,000-token sequence with a checkpoint per block";

    public override string Paper => "With blocks of 16 tokens the 7B hybrid keeps 17.4 GB for 10,000 tokens, 3.3 times the 5.24 GB of a transformer.";

    public override FigureResult Reduce(StudyResults results)
    {
        double hybrid = Bytes(ModelShape.PaperHybrid, s_blocks[0]);
        double transformer = Bytes(s_transformer, s_blocks[0]);
        StudyColumn[] columns = [new("7B hybrid, GB", Measure.Gigabytes), new("transformer, GB", Measure.Gigabytes), new("ratio", Measure.Times)];
        StudyRow[] rows = [.. s_blocks.Select(block => new StudyRow(Group, Measure.Number.Text(block), [
            Estimate.Of(Bytes(ModelShape.PaperHybrid, block)),
            Estimate.Of(Bytes(s_transformer, block)),
            Estimate.Of(Bytes(ModelShape.PaperHybrid, block) / Bytes(s_transformer, block))]))];
        return new(
            this,
            [
                Judge("hybrid, blocks of 16", Measure.Gigabytes, 17.398e9, hybrid),
                Judge("transformer", Measure.Gigabytes, 5.243e9, transformer),
                Judge("hybrid over transformer", Measure.Times, 3.32, hybrid / transformer),
            ],
            new("block, tokens", columns, rows),
            [
                new("figure-3b", Title, ChartKind.Lines, new("tokens per block", AxisLabel.Short) { IsLogarithmic = true, Ticks = [.. s_blocks.Select(block => (double)block)] }, new("GB", AxisLabel.Short) { From = 0 },
                    [Line("7B hybrid", 0, ModelShape.PaperHybrid), Line("transformer", 1, s_transformer)]),
            ]);
    }

    private static double Bytes(ModelShape model, int block) => model.KvBytes(Tokens) + ((double)Tokens / block * model.CheckpointBytes);

    private static Series Line(string name, int colour, ModelShape model)
        => new(name, colour, [.. s_blocks.Select(block => new ChartPoint(block, Bytes(model, block) / 1e9))]);
}
