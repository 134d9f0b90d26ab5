using Spectre.Console;

namespace Squelch.Tool;

/// <summary>The words of the policy language.</summary>
internal static class FeatureTables
{
    /// <summary>Writes the features in a table, those of places in another, and the functions.</summary>
    public static void Write(IAnsiConsole console)
    {
        console.WriteTable(Of("feature", PolicyLanguage.Features.Select(row => row.Feature), ("hooks", HooksOf), ("meaning", feature => feature.Meaning), ("of keys", feature => feature.OfKeys)));
        console.WriteNote($"hooks: a feature is a parameter of a method with [{string.Join("], [", PolicyLanguage.Hooks)}], by its name");
        console.WriteNote("of keys: what it is in a cache of keys, which has no tree");
        console.WriteNote($"the same for all nodes: {Names(feature => feature.IsSameForAll)}; needs the future, which a replay alone knows: {Names(feature => feature.NeedsFuture)}");
        console.WriteLine();
        console.WriteTable(Of("place", BuiltInFeatures.OfPlaces, ("meaning", feature => feature.Meaning)));
        console.WriteNote("place: what a method with [Checkpoint] reads, by these names, of a place where a checkpoint could stand; besides these it reads hints of the request, tunables and policy states");
        console.WriteLine();
        console.WriteNote($"functions: {string.Join(", ", PolicyLanguage.Functions)}");
        console.WriteNote("A policy's tunables, states and features of its own are read by their names, too, the first letter small.");
    }

    private static Table Of(string header, IEnumerable<FeatureDescriptor> features, params (string Header, Func<FeatureDescriptor, string> Text)[] more)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(header).NoWrap());
        table.AddColumn(new TableColumn("unit").NoWrap());
        table.AddColumn(new TableColumn("least").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("greatest").RightAligned().NoWrap());
        foreach ((string name, _) in more)
        {
            table.AddColumn(name);
        }

        foreach (FeatureDescriptor feature in features)
        {
            string[] cells = [feature.Name, PolicyWords.UnitName(feature.Unit), Number.Limit(feature.Minimum), Number.Limit(feature.Maximum), .. more.Select(column => column.Text(feature))];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static string HooksOf(FeatureDescriptor feature)
    {
        var hooks = PolicyLanguage.Features.First(row => row.Feature == feature).Hooks;
        return hooks == PolicyLanguage.Hooks ? "all" : string.Join(", ", hooks);
    }

    private static string Names(Func<FeatureDescriptor, bool> which) => string.Join(", ", BuiltInFeatures.All.Where(which).Select(feature => feature.Name));
}
