using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch explain-victim</c>: one eviction of a replay, candidate by candidate.</summary>
internal static class ExplainVictimCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var file = new Argument<string>("trace") { Description = "A trace file, or - for standard input." };
        var request = new NumberOption<int>("--request", "a whole number", "812") { Description = "Number of the request whose victims are explained; the first request is 0.", Required = true };
        Option<string[]> policies = ToolOptions.Policies();
        var policy = new Option<string>("--policy") { Description = "The policy.", HelpName = "name", DefaultValueFactory = _ => "Marconi" };
        policy.CompletionSources.Add(context => ToolOptions.PolicyNames(context, policies));
        var capacity = new Option<string>("--capacity") { Description = "The cache's size, as 20GB.", HelpName = "size", DefaultValueFactory = _ => "1TB" };
        Option<string> model = ToolOptions.Model();
        Option<string[]> set = ToolOptions.Set(policies);
        var command = new ExampledCommand("explain-victim", "Shows the candidates' scores, term by term, at the evictions of one request, and why the victim lost.")
        {
            Examples = ["squelch explain-victim trace.jsonl.gz --request 812 --policy Marconi --capacity 20GB", "squelch explain-victim trace.jsonl.gz --request 812 --set Marconi.Alpha=0.5 --capacity 20GB"],
        };
        command.Arguments.Add(file);
        foreach (Option option in (Option[])[request, policy, capacity, model, set, policies])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            ModelShape shape = ToolOptions.ModelOf(parsed.GetValue(model)!);
            IReadOnlyList<long> capacities = CapacityList.Parse([parsed.GetValue(capacity)!]);
            if (capacities.Count != 1)
            {
                throw new UsageException($"--capacity wants one size, not {capacities.Count}; give one, as in 20GB");
            }

            CapacityList.CheckAgainst(shape, capacities);
            TunableSetting[] given = [.. parsed.GetValue(set)!.Select(TunableSetting.Parse)];
            PolicySettings chosen = PolicySelection.Choose(PolicyAssemblies.Load(parsed.GetValue(policies)!), [parsed.GetValue(policy)!], null, given)[0];
            int number = parsed.GetValue(request);
            var settings = new ReplaySettings
            {
                CapacityBytes = capacities[0],
                Model = shape,
                Tunables = chosen.Tunables,
                BootstrapMultiplier = chosen.BootstrapMultiplier,
            };
            VictimsOfRequest victims = await ProgressBoard.WatchAsync(
                terminal, board => Task.FromResult(VictimsOfRequest.Find(chosen, settings, number, TraceLoading.Load(parsed.GetValue(file)!, board, cancellation), board, cancellation)));
            VictimReport.Write(terminal.Out, chosen.Policy.Descriptor, victims);
            return ExitCode.Success;
        });
        return command;
    }
}
