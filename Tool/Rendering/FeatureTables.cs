using Spectre.Console;

namespace Squelch.Tool;

/// <summary>The words of the policy language.</summary>
internal static class FeatureTables
{
    /// <summary>Writes the features in a table, and the functions.</summary>
    public static void Write(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("feature").NoWrap());
        table.AddColumn(new TableColumn("unit").NoWrap());
        table.AddColumn(new TableColumn("least").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("greatest").RightAligned().NoWrap());
        table.AddColumn("hooks");
        table.AddColumn("meaning");
        table.AddColumn("of keys");
        foreach ((FeatureDescriptor feature, var hooks) in PolicyLanguage.Features)
        {
            string[] cells =
            [
                feature.Name,
                PolicyWords.UnitName(feature.Unit),
                Number.Limit(feature.Minimum),
                Number.Limit(feature.Maximum),
                hooks == PolicyLanguage.Hooks ? "all" : string.Join(", ", hooks),
                feature.Meaning,
                feature.OfKeys,
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        console.WriteTable(table);
        console.WriteNote($"hooks: a feature is a parameter of a method with [{string.Join("], [", PolicyLanguage.Hooks)}], by its name");
        console.WriteNote("of keys: what it is in a cache of keys, which has no tree");
        console.WriteNote($"the same for all nodes: {Names(feature => feature.IsSameForAll)}; needs the future, which a replay alone knows: {Names(feature => feature.NeedsFuture)}");
        console.WriteNote($"functions: {string.Join(", ", PolicyLanguage.Functions)}");
        console.WriteNote("A policy's tunables, states and features of its own are read by their names, too, the first letter small.");
    }

    private static string Names(Func<FeatureDescriptor, bool> which) => string.Join(", ", BuiltInFeatures.All.Where(which).Select(feature => feature.Name));
}
