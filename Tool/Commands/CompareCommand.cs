using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch compare</c>: two result files side by side.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var before = new Argument<string>("a.json") { Description = "Results of squelch replay --json; - for standard input." };
        var after = new Argument<string>("b.json") { Description = "Others." };
        var json = new JsonOption();
        var command = new ExampledCommand("compare", "Compares two files of results: what changed for each trace, policy and capacity.")
        {
            Examples = ["squelch compare before.json after.json", "squelch compare before.json after.json --json"],
        };
        command.Arguments.Add(before);
        command.Arguments.Add(after);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            string[] files = [parsed.GetValue(before)!, parsed.GetValue(after)!];
            if (files[0] == files[1] && files[0] == StandardOutput.Name)
            {
                throw new UsageException("both files are -, and standard input can be read once; give one of them a name");
            }

            ResultPlaces.Check([(json.Name, json.Place(parsed))], files);
            var results = new ComparedResults(SavedResult.Read(files[0]), SavedResult.Read(files[1]));
            return Listing.Show(terminal, json.Place(parsed), () => ComparisonJson.Of(results), console => ResultComparison.Write(console, results));
        });
        return command;
    }
}
