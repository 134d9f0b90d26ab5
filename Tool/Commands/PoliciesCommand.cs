using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch policies</c>: every policy in a table.</summary>
internal static class PoliciesCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        Option<string[]> policies = ToolOptions.Policies();
        var command = new ExampledCommand("policies", "Lists the policies.")
        {
            Examples = ["squelch policies", "squelch policies --policies bin/Release/net10.0/MyPolicies.dll"],
        };
        command.Options.Add(policies);
        command.SetAction(parsed =>
        {
            terminal.Out.Write(PolicyTable.Of(PolicyAssemblies.Load(parsed.GetValue(policies)!).Policies.Select(p => p.Descriptor)));
            return ExitCode.Success;
        });
        return command;
    }
}
