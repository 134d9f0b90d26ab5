using System.CommandLine;
using Spectre.Console;
using Squelch.GpuScoring;

namespace Squelch.Tool;

/// <summary><c>squelch replay</c>: traces against policies and capacities.</summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string[]> _traces = new("trace")
    {
        Description = "Trace files: token ids, block hashes, conversations, KV events, keys (see https://github.com/squelch/squelch/blob/main/docs/formats.md); plain, .gz or .zst; - for standard input. Without one, the bundled traces.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _policy = new("--policy")
    {
        Description = "Policies to compare, as a,b,c, or all, which is meant without it, too.",
        HelpName = "a,b,..",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _capacity = new("--capacity")
    {
        Description = "Cache sizes, as 20GB,40GB; GB is 1e9 bytes, GiB 2^30, a bare number bytes. Or shares of what each trace fills with endless room, as 2%,5%,20%, which is meant without it, too.",
        HelpName = "size,..",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _model = ToolOptions.Model();

    private readonly NumberOption<double> _alpha = new("--alpha", "a number", "0.5") { Description = "Fixes Alpha of every policy that has it; no tuner runs.", HelpName = "x" };

    private readonly NumberOption<ulong> _seed = new("--seed", "a whole number from 0 to 18446744073709551615", "7")
    {
        Description = "The seed of policies that draw numbers.",
        DefaultValueFactory = _ => 0,
    };

    private readonly TraceOptions _reading = new();

    private readonly NamedOption<ReplayClock> _clock = new("--clock", ("ticks", ReplayClock.Ticks), ("time", ReplayClock.Time))
    {
        Description = "What drives the clock: ticks (one per lookup and one per commit) or time (the arrivals of the trace, in milliseconds).",
    };

    private readonly NumberOption<double> _noise = new("--oracle-noise", "a number from 0 to 100", "0.5", value => value is >= 0 and <= 100)
    {
        Description = "Errors of policies that know the future (nextUse): standard deviation of the logarithm of the predicted waiting time. 0 is an oracle.",
        HelpName = "sigma",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Show all rows, and what the requests come to without a cache. Without it, a long table shows the best, LRU, Marconi, your own policies and the best that knows the future." };

    private readonly Option<bool> _noBounds = new("--no-bounds") { Description = "Leave out what the policies are judged by: LRU, the best offline rule, the upper bound and an endless cache." };

    private readonly Option<string?> _resume = new("--resume") { Description = "Keeps each finished replay, and the bounds, in this folder; the same command goes on from there after an interruption.", HelpName = "folder" };

    private readonly Option<string?> _json = new("--json") { Description = "Writes all results as JSON.", HelpName = "file|-" };

    private readonly Option<string?> _report = new("--report") { Description = "Writes a page with tables, confidence ranges and charts, which opens offline in any browser.", HelpName = "file.html" };

    private readonly Option<string?> _plots = new("--plots") { Description = "Writes the charts of the report as SVG and PNG files.", HelpName = "folder" };

    private readonly Option<string?> _requests = new("--requests") { Description = "Writes a CSV row per request; for a single trace, policy and capacity.", HelpName = "file|-" };

    private readonly Option<string?> _victims = new("--victims") { Description = "Writes a CSV row per victim; for a single trace, policy and capacity.", HelpName = "file|-" };

    private readonly Option<string?> _gpu = new("--gpu")
    {
        Description = "Choose victims on a GPU: off, auto (where it is measured to be faster) or require. The victims are the same. Without it, the setting Squelch__Gpu, else off: the trees of most traces are too small to gain.",
        HelpName = "off|auto|require",
    };

    private readonly Option<string?> _gpuDevice = new("--gpu-device") { Description = "The GPU by number or part of its name; cpu is a slow simulator. Without it, the setting Squelch__GpuDevice, else the first.", HelpName = "n|name" };

    private readonly Option<string[]> _policies = ToolOptions.Policies();
    private readonly Option<string[]> _set;
    private readonly NumberOption<int> _jobs = ToolOptions.Jobs();
    private readonly Terminal _terminal;

    private ReplayCommand(Terminal terminal)
    {
        _terminal = terminal;
        _set = ToolOptions.Set(_policies, " Policy.BootstrapMultiplier sets the tuner's window.");
        _policy.CompletionSources.Add(context => NameCompletions.InList(context, ToolOptions.PolicyNames(context, _policies).Append("all")));
        _gpu.CompletionSources.Add("off", "auto", "require");
    }

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var replay = new ReplayCommand(terminal);
        var command = new ExampledCommand("replay", "Replays traces against policies and compares them.")
        {
            Examples =
            [
                "squelch replay trace.jsonl.gz --policy Marconi,SglangPlus,VllmPlus --capacity 20GB,40GB",
                "squelch replay trace.jsonl.gz --policy Marconi --alpha 0.5 --capacity 20GB --victims victims.csv",
                "squelch replay trace.jsonl.gz --set Marconi.BootstrapMultiplier=10 --model jamba-1.5-mini --json results.json",
                "squelch replay trace.jsonl.gz --policy Hyperbolic --capacity 2TB --gpu auto",
                "squelch replay a.jsonl.gz b.jsonl.gz --capacity 10GB,20GB,40GB --resume sweep --report sweep.html",
                "squelch replay keys.csv --unit-sizes --capacity 10000",
                "squelch replay requests.tsv --columns time=0,key=1,size=2 --capacity 1GB",
                "zcat trace.jsonl.gz | squelch replay - --json - | jq '.[0].tokenHitRate'",
                "squelch replay trace.jsonl.gz --policies bin/Release/net10.0/MyPolicies.dll",
            ],
        };
        command.Arguments.Add(replay._traces);
        foreach (Option option in (Option[])
            [replay._policy, replay._capacity, replay._model, replay._alpha, replay._set, replay._seed, replay._policies,
             .. replay._reading.All, replay._clock, replay._noise, replay._noBounds, replay._all, replay._resume, replay._report, replay._plots, replay._json, replay._requests, replay._victims, replay._gpu, replay._gpuDevice, replay._jobs])
        {
            command.Options.Add(option);
        }

        command.SetAction(replay.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ReplayPlan plan = Plan(parsed);
        CheckSingle(plan, parsed, _requests);
        CheckSingle(plan, parsed, _victims);
        ResultPlaces.CheckFolder(_plots.Name, parsed.GetValue(_plots));
        ResultPlaces.CheckFolder(_resume.Name, parsed.GetValue(_resume));
        Option<string?>[] results = [_json, _report, _requests, _victims, _plots, _resume];
        ResultPlaces.Check(
            results.Select(option => (option.Name, parsed.GetValue(option))),
            [.. plan.TracePaths, .. parsed.GetValue(_policies)!, .. File.Exists(parsed.GetValue(_model)) ? (string[])[parsed.GetValue(_model)!] : []]);

        using GpuScorer gpu = OpenGpu(parsed);
        plan = plan with { Accelerate = gpu.Accelerate };
        Provenance? provenance = parsed.GetValue(_report) is null ? null : Provenance.Of(parsed.Tokens.Select(token => token.Value), plan.TracePaths, TimeProvider.System);
        using var files = new ReplayFiles(_terminal, parsed.GetValue(_json), parsed.GetValue(_report), parsed.GetValue(_requests), parsed.GetValue(_victims));
        IReadOnlyList<ReplayOutcome> outcomes = await ProgressBoard.WatchAsync(
            _terminal,
            board => new ReplayRunner(plan, board) { OnRequest = files.OnRequest, OnVictim = files.OnVictim }.RunAsync(cancellation));
        files.Complete(outcomes, provenance);
        if (!results[..^2].Any(option => parsed.GetValue(option) is { } path && RealPath.IsStandardOutput(path)))
        {
            if (gpu.DeviceName is { } device)
            {
                _terminal.Out.WriteNote($"GPU: {device}");
            }

            ComparisonReport.Write(_terminal.Out, outcomes, parsed.GetValue(_all) ? ShownRows.All : ShownRows.Ten);
        }

        // Last, since not every machine can draw all of them, and the table is not to be lost.
        if (parsed.GetValue(_plots) is { } folder)
        {
            PlotFiles.Write(folder, outcomes);
        }

        return ExitCode.Success;
    }

    private ReplayPlan Plan(ParseResult parsed)
    {
        var capacities = CapacityList.Parse(parsed.GetValue(_capacity)!);
        TunableSetting[] settings = [.. parsed.GetValue(_set)!.Select(TunableSetting.Parse)];
        string[] names = [.. parsed.GetValue(_policy)!.SelectMany(CommaList.Split)];
        bool noSize = capacities.Count == 0 && parsed.GetResult(_capacity) is { Implicit: false };
        if (noSize || (names.Length == 0 && parsed.GetResult(_policy) is { Implicit: false }))
        {
            throw new UsageException(noSize ? "--capacity names no size; give one, as in 20GB" : "--policy names no policy; see squelch policies");
        }

        ModelShape model = ToolOptions.ModelOf(parsed.GetValue(_model)!);
        PolicyCatalog catalog = PolicyAssemblies.Load(parsed.GetValue(_policies)!);
        return new()
        {
            TracePaths = parsed.GetValue(_traces) is { Length: > 0 } traces ? [.. traces.DistinctBy(RealPath.Of, RealPath.Comparer)] : BundledTraces.Paths,
            Policies = PolicySelection.Choose(catalog, names, _alpha.Given(parsed), settings),
            Capacities = capacities.Bytes,
            FootprintShares = capacities.SharesOr(IsAskedForOne(parsed) ? [ReplayPlan.TellingShare] : ReplayPlan.UsualShares),
            Model = model,
            Baselines = PolicySelection.Baselines(catalog),
            HasBounds = !parsed.GetValue(_noBounds),
            Reading = _reading.Read(parsed),
            Seed = parsed.GetValue(_seed),
            Clock = _clock.Of(parsed),
            Noise = new(parsed.GetValue(_noise), parsed.GetValue(_seed)),
            Finished = parsed.GetValue(_resume) is { } folder ? new(folder, _resume.Name) : null,
            Jobs = parsed.GetValue(_jobs),
        };
    }

    private GpuScorer OpenGpu(ParseResult parsed)
    {
        GpuOptions options = Gpu(parsed);
        Option<string?>? asked = ((Option<string?>[])[_gpuDevice, _gpu]).FirstOrDefault(option => parsed.GetValue(option) is not null);
        return asked is null ? GpuScorer.Open(options) : UsageException.Of(asked.Name, () => GpuScorer.Open(options));
    }

    private GpuOptions Gpu(ParseResult parsed)
    {
        GpuOptions settings = GpuOptions.Read(key => Environment.GetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal)) ?? (key == "Squelch:Gpu" ? "off" : null));
        string? mode = parsed.GetValue(_gpu);
        string? device = parsed.GetValue(_gpuDevice);
        return settings with
        {
            // Whoever names a device wants it.
            Mode = mode is not null ? GpuOptions.ParseMode(mode, "--gpu") : device is not null ? GpuMode.Require : settings.Mode,
            Device = device ?? settings.Device,
            OnWarning = warning => _terminal.Error.WriteLine($"warning: {warning}"),
        };
    }

    /// <summary>Rows per request or victim are of one replay, so they want one capacity.</summary>
    private bool IsAskedForOne(ParseResult parsed) => parsed.GetValue(_requests) is not null || parsed.GetValue(_victims) is not null;

    private static void CheckSingle(ReplayPlan plan, ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not null && !plan.IsSingle)
        {
            throw new UsageException(
                $"{option.Name} wants exactly one trace, policy and capacity, not {plan.TracePaths.Count}, {plan.Policies.Count} and {plan.CapacityCount}; narrow them, as in --policy Marconi --capacity 20GB");
        }
    }
}
