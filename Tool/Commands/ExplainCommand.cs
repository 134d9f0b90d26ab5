using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch explain</c>: one policy from formula to plan.</summary>
internal static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var name = new Argument<string>("policy") { Description = "The policy's name (see squelch policies)." };
        Option<string[]> policies = ToolOptions.Policies();
        var command = new ExampledCommand("explain", "Explains a policy: formula, features, columns, tunables, admission, plan and why.")
        {
            Examples = ["squelch explain Marconi", "squelch explain Marconi --diagnose", "squelch explain MyPolicy --policies bin/Release/net10.0/MyPolicies.dll"],
        };
        var diagnose = new Option<bool>("--diagnose") { Description = "Print what is proven of each term and score instead: range, unit, how it moves with each feature, and what a search can skip." };
        command.Arguments.Add(name);
        command.Options.Add(diagnose);
        command.Options.Add(policies);
        command.SetAction(parsed =>
        {
            PolicyCatalog catalog = PolicyAssemblies.Load(parsed.GetValue(policies)!);
            PolicyDescriptor policy = catalog.Find(parsed.GetValue(name)!).Descriptor;
            if (parsed.GetValue(diagnose))
            {
                PolicyDiagnosis.Write(terminal.Out, policy);
            }
            else
            {
                PolicyExplanation.Write(terminal.Out, policy);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
