namespace Squelch.Tool;

/// <summary><c>squelch features</c>: what a policy's formula may read and call.</summary>
internal static class FeaturesCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var json = new JsonOption();
        var command = new ExampledCommand("features", "Lists the features that a policy's formula may read, by the names of its parameters, those of places that a choice of checkpoints reads, and the functions that formulas may call.")
        {
            Examples = ["squelch features", "squelch features --json"],
        };
        command.Options.Add(json);
        command.SetAction(parsed => Listing.Show(terminal, json.Place(parsed), FeaturesJson.Text, FeatureTables.Write));
        return command;
    }
}
