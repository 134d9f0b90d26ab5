using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch explain-victim</c>: one eviction of a replay, candidate by candidate.</summary>
internal static class ExplainVictimCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var file = new Argument<string>("trace") { Description = "A trace file." };
        var request = new Option<int>("--request") { Description = "Number of the request whose victims are explained; the first request is 0.", HelpName = "n", Required = true };
        var policy = new Option<string>("--policy") { Description = "The policy.", HelpName = "name", DefaultValueFactory = _ => "Marconi" };
        var capacity = new Option<string>("--capacity") { Description = "The cache's size, as 20GB.", HelpName = "size", DefaultValueFactory = _ => ByteSize.Format(SquelchCommand.DefaultCapacityBytes) };
        var model = new Option<string>("--model") { Description = "The model that gives bytes and FLOPs.", HelpName = "preset|file", DefaultValueFactory = _ => ModelShape.PaperHybrid.Name };
        var set = new Option<string[]>("--set") { Description = "Sets a tunable; may be repeated.", HelpName = "Policy.Tunable=value", DefaultValueFactory = _ => [] };
        var keys = new KeyTraceOptions();
        Option<string[]> policies = ToolOptions.Policies();
        Option<bool> quiet = ToolOptions.Quiet();
        var command = new ExampledCommand("explain-victim", "Shows the candidates' scores, term by term, at the evictions of one request, and why the victim lost.")
        {
            Examples = ["squelch explain-victim trace.jsonl.gz --request 812 --policy Marconi --capacity 20GB", "squelch explain-victim trace.jsonl.gz --request 812 --set Marconi.Alpha=0.5 --capacity 20GB"],
        };
        command.Arguments.Add(file);
        foreach (Option option in (Option[])[request, policy, capacity, model, set, policies, .. keys.All, quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            ModelShape shape = ModelCatalog.Resolve(parsed.GetValue(model)!);
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
            ReplayResult result = await ProgressBoard.WatchAsync(
                terminal, parsed.GetValue(quiet), board => Task.FromResult(Replay(chosen, settings, number, TraceLoading.Load(parsed.GetValue(file)!, board, cancellation, parsed.GetValue(keys.UnitSizes), columns: parsed.GetValue(keys.Columns)), board, cancellation)));
            VictimReport.Write(terminal.Out, chosen.Policy.Descriptor, number, result);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The replay up to the request.</summary>
    private static ReplayResult Replay(PolicySettings policy, ReplaySettings settings, int number, Trace trace, ProgressBoard board, CancellationToken cancellation)
    {
        if (number < 0 || number >= trace.Requests.Count)
        {
            throw new UsageException($"--request {number}: {trace.Name} has the requests 0 to {trace.Requests.Count - 1}");
        }

        ProgressBar bar = board.Add($"replaying up to request {number}", number + 1, ProgressUnit.Requests);
        int done = 0;
        return policy.Policy.Replay(trace with { Requests = [.. trace.Requests.Take(number + 1)] }, new ReplayOptions(settings)
        {
            ExplainRequest = number,
            OnProgress = now =>
            {
                bar.Advance(now - done);
                done = now;
            },
            Cancellation = cancellation,
        });
    }
}
