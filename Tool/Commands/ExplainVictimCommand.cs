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
        var capacity = new Option<string?>("--capacity") { Description = "The cache's size, as 20GB. Without it: 5 % of what the trace fills with endless room.", HelpName = "size" };
        Option<string> model = ToolOptions.Model();
        Option<string[]> set = ToolOptions.Set(policies);
        var reading = new TraceOptions();
        var command = new ExampledCommand("explain-victim", "Shows the candidates' scores, term by term, at the evictions of one request, and why the victim lost.")
        {
            Examples = ["squelch explain-victim trace.jsonl.gz --request 812 --policy Marconi --capacity 20GB", "squelch explain-victim trace.jsonl.gz --request 812 --set Marconi.Alpha=0.5 --capacity 20GB"],
        };
        command.Arguments.Add(file);
        foreach (Option option in (Option[])[request, policy, capacity, model, set, policies, .. reading.All])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var capacities = CapacityList.Parse(parsed.GetValue(capacity) is { } size ? [size] : []);
            if (capacities.Count != 1 && parsed.GetValue(capacity) is not null)
            {
                throw new UsageException($"--capacity wants one size, not {capacities.Count}; give one, as in 20GB");
            }

            TunableSetting[] given = [.. parsed.GetValue(set)!.Select(TunableSetting.Parse)];
            PolicyCatalog catalog = PolicyAssemblies.Load(parsed.GetValue(policies)!);
            PolicySettings chosen = Explainable(UsageException.Of(policy.Name, () => PolicySelection.Find(catalog, parsed.GetValue(policy)!)), catalog, given);
            var plan = new ReplayPlan
            {
                TracePaths = [parsed.GetValue(file)!],
                Reading = reading.Read(parsed),
                Policies = [chosen],
                Capacities = capacities.Bytes,
                FootprintShares = capacities.SharesOr(ReplayPlan.TellingShare),
                Baselines = PolicySelection.Baselines(catalog),
                HasBounds = false,
                Model = ToolOptions.ModelOf(parsed.GetValue(model)!),
            };
            (ReplayCell cell, VictimsOfRequest victims) = await ProgressBoard.WatchAsync(terminal, board =>
            {
                Trace trace = TraceLoading.Load(plan.TracePaths[0], plan.Reading, null, board, cancellation);
                TraceLoading.CheckPartialBlocks(plan.Reading, trace);
                board.Note(trace);
                ReplayCell cell = new(trace, chosen, plan.CapacitiesOf(trace, plan.NeedsFootprints ? Footprint(plan, trace, cancellation) : null)[0]);
                return Task.FromResult((cell, VictimsOfRequest.Find(chosen, plan.Settings(cell), parsed.GetValue(request), trace, board, cancellation)));
            });
            VictimReport.Write(terminal.Out, chosen.Policy.Descriptor, cell, victims);
            return ExitCode.Success;
        });
        return command;
    }

    private static PolicySettings Explainable(RegisteredPolicy policy, PolicyCatalog catalog, IReadOnlyList<TunableSetting> given)
        => policy.Descriptor.Plan.Kind != PlanKind.Custom
            ? PolicySelection.Choose(catalog, [policy.Descriptor.Name], null, given)[0]
            : throw new ToolException(ExitCode.Policy, $"the victims of {policy.Descriptor.Name} cannot be explained: its selector is written by hand, and has no scores; choose a policy with a formula (see squelch policies)");

    private static long Footprint(ReplayPlan plan, Trace trace, CancellationToken cancellation)
    {
        ReplayCell endless = plan.EndlessCell(trace);
        return endless.Policy.Policy.Replay(trace, new ReplayOptions(plan.Settings(endless)) { Cancellation = cancellation }).PeakBytes;
    }
}
