using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch explain</c>: one policy from formula to plan.</summary>
internal static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        Option<string[]> policies = ToolOptions.Policies();
        var name = new Argument<string>("policy") { HelpName = "policy", Description = "The policy's name (see squelch policies)." };
        name.CompletionSources.Add(context => ToolOptions.PolicyNames(context, policies));
        var diagnose = new Option<bool>("--diagnose") { Description = "Print what is proven of each term and score instead: range, unit, how it moves with each feature, and what a search can skip." };
        var json = new JsonOption();
        var command = new ExampledCommand("explain", "Explains a policy: formula, features, columns, tunables, admission, plan and why.")
        {
            Examples =
            [
                "squelch explain Marconi",
                "squelch explain Marconi --diagnose",
                "squelch explain Marconi --json",
                "squelch explain MyPolicy --policies bin/Release/net10.0/MyPolicies.dll",
            ],
        };
        command.Arguments.Add(name);
        command.Options.Add(diagnose);
        command.Options.Add(json);
        command.Options.Add(policies);
        command.SetAction(parsed =>
        {
            ResultPlaces.Check([(json.Name, json.Place(parsed))], parsed.GetValue(policies)!);
            PolicyDescriptor policy = PolicySelection.Find(PolicyAssemblies.Load(parsed.GetValue(policies)!), parsed.GetValue(name)!).Descriptor;
            return Listing.Show(terminal, json.Place(parsed), () => PolicyJson.Of(policy), console =>
            {
                if (parsed.GetValue(diagnose))
                {
                    PolicyDiagnosis.Write(console, policy);
                }
                else
                {
                    PolicyExplanation.Write(console, policy);
                }
            });
        });
        return command;
    }
}
