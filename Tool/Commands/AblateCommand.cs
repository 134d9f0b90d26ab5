using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch ablate</c>: what each part of a policy is worth.</summary>
internal sealed class AblateCommand
{
    private readonly Argument<string[]> _traces = new("trace")
    {
        Description = "Traces of requests, or folders of them. Without one, the bundled traces.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _policy = new("--policy") { Description = "The policy to take apart.", HelpName = "name", DefaultValueFactory = _ => nameof(Policies.Marconi) };

    private readonly Option<string[]> _capacity = new("--capacity")
    {
        Description = "Cache sizes, as 20GB,40GB, or shares of what each trace fills with endless room, as 2%,5%,20%, which is meant without it, too.",
        HelpName = "size,..",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _model = ToolOptions.Model();
    private readonly Option<string[]> _policies = ToolOptions.Policies();
    private readonly Option<string[]> _set;
    private readonly NumberOption<ulong> _seed = new("--seed", "a whole number from 0 to 18446744073709551615", "7") { Description = "The seed of scores that draw numbers.", DefaultValueFactory = _ => 0 };
    private readonly TraceOptions _reading = new();
    private readonly Option<string?> _json = new("--json") { Description = "Writes effects, pairs and every replay as JSON.", HelpName = "file|-" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes a CSV row per replay.", HelpName = "file|-" };
    private readonly NumberOption<int> _jobs = ToolOptions.Jobs();
    private readonly Terminal _terminal;

    private AblateCommand(Terminal terminal)
    {
        _terminal = terminal;
        _set = ToolOptions.Set(_policies);
        _policy.CompletionSources.Add(context => ToolOptions.PolicyNames(context, _policies));
    }

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var ablate = new AblateCommand(terminal);
        var command = new ExampledCommand("ablate", "Changes a policy's candidates, touch, score and admission, one at a time and in all combinations, and says what each is worth.")
        {
            Examples =
            [
                "squelch ablate",
                "squelch ablate trace.jsonl.gz --policy SegLen --capacity 20GB,40GB",
                "squelch ablate traces --set Marconi.Alpha=0.5 --json ablation.json --csv replays.csv",
            ],
        };
        command.Arguments.Add(ablate._traces);
        foreach (Option option in (Option[])
            [ablate._policy, ablate._capacity, ablate._model, ablate._set, ablate._seed, ablate._policies, .. ablate._reading.All, ablate._json, ablate._csv, ablate._jobs])
        {
            command.Options.Add(option);
        }

        command.SetAction(ablate.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        PolicyCatalog catalog = PolicyAssemblies.Load(parsed.GetValue(_policies)!);
        var space = new AblationSpace(Chosen(parsed, catalog), catalog);
        ReplayPlan plan = Plan(parsed, space, catalog);
        (string? json, string? csv) = (parsed.GetValue(_json), parsed.GetValue(_csv));
        ResultPlaces.Check([(_json.Name, json), (_csv.Name, csv)], [.. plan.TracePaths, .. parsed.GetValue(_policies)!]);

        using var files = new ResultFiles<AblationResults>(_terminal, (json, AblationJson.Of), (csv, AblationCsv.Of));
        AblationResults results = await ProgressBoard.WatchAsync(_terminal, board => new AblationRunner(plan, space, board).RunAsync(cancellation));
        files.Complete(results);
        if (!((string?[])[json, csv]).Any(path => path is not null && RealPath.IsStandardOutput(path)))
        {
            new AblationTable(results).Write(_terminal.Out);
        }

        return ExitCode.Success;
    }

    private PolicySettings Chosen(ParseResult parsed, PolicyCatalog catalog)
    {
        TunableSetting[] settings = [.. parsed.GetValue(_set)!.Select(TunableSetting.Parse)];
        PolicySettings chosen = PolicySelection.Choose(catalog, [UsageException.Of(_policy.Name, () => PolicySelection.Find(catalog, parsed.GetValue(_policy)!)).Descriptor.Name], null, settings)[0];
        return chosen.BootstrapMultiplier is null
            ? chosen
            : throw new UsageException($"--set {chosen.Policy.Descriptor.Name}.{PolicySettings.BootstrapMultiplierName}: no tuner runs in an ablation, so that a score stays the same in all replays; set the tunable itself");
    }

    private ReplayPlan Plan(ParseResult parsed, AblationSpace space, PolicyCatalog catalog)
    {
        var capacities = CapacityList.Parse(parsed.GetValue(_capacity)!);
        return capacities.Count == 0 && parsed.GetResult(_capacity) is { Implicit: false }
            ? throw new UsageException("--capacity names no size; give one, as in 20GB")
            : new()
            {
                TracePaths = parsed.GetValue(_traces) is { Length: > 0 } given ? TraceFolders.Files(given) : BundledTraces.Paths,
                Policies = [space.Settings],
                Capacities = capacities.Bytes,
                FootprintShares = capacities.SharesOr(ReplayPlan.UsualShares),
                Model = ToolOptions.ModelOf(parsed.GetValue(_model)!),
                Baselines = PolicySelection.Baselines(catalog),
                HasBounds = false,
                Reading = _reading.Read(parsed),
                Seed = parsed.GetValue(_seed),
                Jobs = parsed.GetValue(_jobs),
            };
    }
}
