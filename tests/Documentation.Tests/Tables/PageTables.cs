namespace Squelch.Documentation.Tests;

/// <summary>The tables that pages show, by their names, as lines of Markdown.</summary>
internal static class PageTables
{
    /// <summary>The lines of a table.</summary>
    public static async Task<IEnumerable<string>> OfAsync(string name) => name.Split(' ', 2) switch
    {
        ["attribute", var attribute] => AttributeTable.Of(attribute),
        ["features"] => FeaturesTable.Of(),
        ["features", "in short"] => FeaturesTable.InShort(),
        ["hints"] => HintsTable.Of(),
        ["places"] => FeaturesTable.OfPlaces(),
        ["functions"] => FunctionsTable.Of(),
        ["accuracies"] => FunctionsTable.Accuracies(),
        ["has"] => await Constructs.AcceptedAsync(),
        ["lacks"] => await Constructs.RefusedAsync(),
        ["rules"] => RulesTable.Of(),
        ["rules", var category] => RulesTable.Of(category),
        _ => throw new ArgumentException($"There is no table '{name}'; see {nameof(PageTables)}.", nameof(name)),
    };

    /// <summary>A table of cells.</summary>
    public static IEnumerable<string> Lines(string[] headers, IEnumerable<string[]> rows)
        => rows.Prepend([.. headers.Select(_ => "---")]).Prepend(headers).Select((cells, i) => i == 1 ? $"|{string.Join('|', cells)}|" : $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
}
