using System.CommandLine;
using Squelch.Policies;

namespace Squelch.Tool;

/// <summary><c>squelch regret</c>: how far a policy is from the best of others, trace by trace and size by size.</summary>
internal sealed class RegretCommand
{
    private static readonly double[] s_shares = [.. ReplayPlan.UsualShares, 0.5];

    private readonly Argument<string[]> _traces = new("trace")
    {
        Description = "Traces of requests, or folders of them. Without one, the bundled traces.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _policy = new("--policy") { Description = "The policy to judge.", HelpName = "name", Required = true };

    private readonly Option<string[]> _against = new("--against")
    {
        Description = "The policies that it is held against, as a,b,c. Without it, all built-in ones that an engine can run.",
        HelpName = "a,b,..",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _model = new("--model")
    {
        Description = "The models that give bytes and FLOPs, as a,b,c: presets (see squelch models) or JSON or GGUF files (see https://github.com/squelch/squelch/blob/main/docs/models.md).",
        HelpName = "preset|file,..",
        DefaultValueFactory = _ => [ModelShape.PaperHybrid.Name],
    };

    private readonly Option<string[]> _capacity = new("--capacity")
    {
        Description = "Cache sizes: shares of what each trace fills with endless room, as 2%,20%, or 20GB,40GB. Without it: 2, 5, 20 and 50 %.",
        HelpName = "size,..",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _policies = ToolOptions.Policies();
    private readonly Option<string[]> _set;
    private readonly NumberOption<ulong> _seed = new("--seed", "a whole number from 0 to 18446744073709551615", "7") { Description = "The seed of policies that draw numbers.", DefaultValueFactory = _ => 0 };
    private readonly TraceOptions _reading = new();
    private readonly Option<string?> _resume = new("--resume") { Description = "Keeps each finished replay in this folder; the same command goes on from there after an interruption.", HelpName = "folder" };
    private readonly Option<string?> _json = new("--json") { Description = "Writes the summary and every cell as JSON.", HelpName = "file|-" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes a CSV row per replay.", HelpName = "file|-" };
    private readonly NumberOption<int> _jobs = ToolOptions.Jobs();
    private readonly Terminal _terminal;

    private RegretCommand(Terminal terminal)
    {
        _terminal = terminal;
        _set = ToolOptions.Set(_policies);
        _policy.CompletionSources.Add(context => ToolOptions.PolicyNames(context, _policies));
        _against.CompletionSources.Add(context => NameCompletions.InList(context, ToolOptions.PolicyNames(context, _policies)));
        _model.CompletionSources.Add(context => NameCompletions.InList(context, ModelCatalog.All.Select(model => model.Name)));
    }

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var regret = new RegretCommand(terminal);
        var command = new ExampledCommand("regret", "Says how far a policy is from the best of others: per trace and cache size, then in the mean and at worst.")
        {
            Examples =
            [
                "squelch regret --policy Renewal",
                "squelch regret traces --policy Renewal --model marconi-7b,transformer-7b --capacity 2%,5%,20%,50%",
                "squelch regret traces --policies Mine/bin/Release/net10.0/Mine.dll --policy MinePolicy --against Lru,Marconi --json regret.json",
                "squelch regret traces --policy Renewal --resume finished --csv replays.csv",
            ],
        };
        command.Arguments.Add(regret._traces);
        foreach (Option option in (Option[])
            [regret._policy, regret._against, regret._capacity, regret._model, regret._set, regret._seed, regret._policies, .. regret._reading.All, regret._resume, regret._json, regret._csv, regret._jobs])
        {
            command.Options.Add(option);
        }

        command.SetAction(regret.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ReplayPlan plan = Plan(parsed);
        ModelShape[] models = Models(parsed);
        (string? json, string? csv, string? resume) = (parsed.GetValue(_json), parsed.GetValue(_csv), parsed.GetValue(_resume));
        ResultPlaces.CheckFolder(_resume.Name, resume);
        ResultPlaces.Check([(_json.Name, json), (_csv.Name, csv), (_resume.Name, resume)], [.. plan.TracePaths, .. parsed.GetValue(_policies)!]);

        using var files = new ResultFiles<RegretResults>(_terminal, (json, RegretJson.Of), (csv, RegretCsv.Of));
        RegretResults results = await ProgressBoard.WatchAsync(_terminal, board => new RegretRunner(plan, models, board).RunAsync(cancellation));
        files.Complete(results);
        if (!((string?[])[json, csv]).Any(path => path is not null && RealPath.IsStandardOutput(path)))
        {
            new RegretTable(results).Write(_terminal.Out);
        }

        return ExitCode.Success;
    }

    private ReplayPlan Plan(ParseResult parsed)
    {
        var capacities = CapacityList.Parse(parsed.GetValue(_capacity)!);
        if (capacities.Count == 0 && parsed.GetResult(_capacity) is { Implicit: false })
        {
            throw new UsageException("--capacity names no size; give one, as in 5% or 20GB");
        }

        PolicyCatalog catalog = PolicyAssemblies.Load(parsed.GetValue(_policies)!);
        return new()
        {
            TracePaths = parsed.GetValue(_traces) is { Length: > 0 } given ? TraceFolders.Files(given) : BundledTraces.Paths,
            Policies = Chosen(parsed, catalog),
            Capacities = capacities.Bytes,
            FootprintShares = capacities.SharesOr(s_shares),
            Baselines = PolicySelection.Baselines(catalog),
            HasBounds = false,
            Reading = _reading.Read(parsed),
            Seed = parsed.GetValue(_seed),
            Finished = parsed.GetValue(_resume) is { } folder ? new(folder, _resume.Name) : null,
            Jobs = parsed.GetValue(_jobs),
        };
    }

    /// <summary>The policy, then those that it is held against.</summary>
    private IReadOnlyList<PolicySettings> Chosen(ParseResult parsed, PolicyCatalog catalog)
    {
        RegisteredPolicy own = UsageException.Of(_policy.Name, () => PolicySelection.Find(catalog, parsed.GetValue(_policy)!));
        string[] named = [.. parsed.GetValue(_against)!.SelectMany(CommaList.Split)];
        RegisteredPolicy[] others = named.Length > 0 ? [.. named.Select(name => UsageException.Of(_against.Name, () => PolicySelection.Find(catalog, name)))]
            : parsed.GetResult(_against) is { Implicit: false } ? throw new UsageException($"{_against.Name} names no policy; see squelch policies")
            : [.. catalog.Policies.Where(policy => policy.Type.Assembly == typeof(Lru).Assembly && !policy.Descriptor.NeedsFuture)];
        if (others.FirstOrDefault(policy => policy.Descriptor.NeedsFuture) is { } offline)
        {
            throw new UsageException($"{_against.Name}: {offline.Descriptor.Name} knows the future, which no engine does; leave it out (squelch replay shows the best offline rule)");
        }

        others = [.. others.Distinct().Where(policy => policy != own)];
        return others.Length > 0
            ? PolicySelection.Choose(catalog, [own.Descriptor.Name, .. others.Select(policy => policy.Descriptor.Name)], null, [.. parsed.GetValue(_set)!.Select(TunableSetting.Parse)])
            : throw new UsageException($"{_against.Name} names {own.Descriptor.Name} alone; name another policy");
    }

    private ModelShape[] Models(ParseResult parsed)
    {
        string[] names = [.. parsed.GetValue(_model)!.SelectMany(text => File.Exists(text) ? [text] : CommaList.Split(text))];
        return names.Length > 0 ? [.. names.Select(ToolOptions.ModelOf).DistinctBy(model => model.Name)] : throw new UsageException($"{_model.Name} names no model; see squelch models");
    }
}
