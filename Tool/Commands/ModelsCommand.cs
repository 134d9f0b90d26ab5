namespace Squelch.Tool;

/// <summary><c>squelch models</c>: the preset model shapes.</summary>
internal static class ModelsCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var json = new JsonOption();
        var command = new ExampledCommand("models", "Lists the preset models: bytes, FLOPs and sources.") { Examples = ["squelch models", "squelch models --json"] };
        command.Options.Add(json);
        command.SetAction(parsed => Listing.Show(
            terminal,
            json.Place(parsed),
            () => ModelListJson.Of(ModelCatalog.All),
            console => console.WriteTable(ModelTable.Of(ModelCatalog.All))));
        return command;
    }
}
