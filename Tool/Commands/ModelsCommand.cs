namespace Squelch.Tool;

/// <summary><c>squelch models</c>: the preset model shapes.</summary>
internal static class ModelsCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var command = new ExampledCommand("models", "Lists the preset models: bytes, FLOPs and sources.") { Examples = ["squelch models"] };
        command.SetAction(_ =>
        {
            terminal.Out.Write(ModelTable.Of(ModelCatalog.All));
            return ExitCode.Success;
        });
        return command;
    }
}
