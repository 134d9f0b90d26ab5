using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Model shapes, one row each.</summary>
internal static class ModelTable
{
    private const int PrefillTokens = 10_000;

    /// <summary>The table.</summary>
    public static Table Of(IEnumerable<ModelShape> models)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("model").NoWrap());
        foreach (string header in (string[])["checkpoint\nbytes", "KV bytes\nper token", "TFLOPs at\n10k tokens"])
        {
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        }

        table.AddColumn("source");
        foreach (ModelShape model in models)
        {
            table.AddRow(
                new Text(model.Name),
                new Text(Number.Count(model.CheckpointBytes)),
                new Text(Number.Count(model.KvBytes(1))),
                new Text(Number.Tenths((double)model.Flops(PrefillTokens).Total / 1e12)),
                new Text(model.Source));
        }

        return table;
    }
}
