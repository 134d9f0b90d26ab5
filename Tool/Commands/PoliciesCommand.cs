using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch policies</c>: every policy in a table.</summary>
internal static class PoliciesCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        Option<string[]> policies = ToolOptions.Policies();
        var json = new JsonOption();
        var command = new ExampledCommand("policies", "Lists the policies.")
        {
            Examples = ["squelch policies", "squelch policies --json", "squelch policies --policies bin/Release/net10.0/MyPolicies.dll"],
        };
        command.Options.Add(json);
        command.Options.Add(policies);
        command.SetAction(parsed =>
        {
            ResultPlaces.Check([(json.Name, json.Place(parsed))], parsed.GetValue(policies)!);
            PolicyDescriptor[] known = [.. PolicyAssemblies.Load(parsed.GetValue(policies)!).Policies.Select(policy => policy.Descriptor)];
            return Listing.Show(terminal, json.Place(parsed), () => PolicyJson.Of(known), console => PolicyTable.Write(console, known));
        });
        return command;
    }
}
