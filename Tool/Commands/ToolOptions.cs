using System.CommandLine;
using System.CommandLine.Completions;

namespace Squelch.Tool;

/// <summary>Options that several commands share.</summary>
internal static class ToolOptions
{
    /// <summary>User assemblies with policies.</summary>
    public static Option<string[]> Policies() => new("--policies")
    {
        Description = "An assembly (.dll) with policies of your own; may be repeated.",
        HelpName = "assembly",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The model that gives bytes and FLOPs.</summary>
    public static Option<string> Model()
    {
        var model = new Option<string>("--model")
        {
            Description = "The model that gives bytes and FLOPs: a preset (see squelch models) or a JSON or GGUF file (see https://github.com/squelch/squelch/blob/main/docs/models.md). Key traces have none.",
            HelpName = "preset|file",
            DefaultValueFactory = _ => ModelShape.PaperHybrid.Name,
        };
        model.CompletionSources.Add([.. ModelCatalog.All.Select(known => known.Name)]);
        return model;
    }

    /// <summary>The model that <c>--model</c> means.</summary>
    public static ModelShape ModelOf(string nameOrPath)
    {
        bool isFile = File.Exists(nameOrPath) || nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || nameOrPath.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) || nameOrPath.AsSpan().ContainsAny('/', '\\');
        try
        {
            return ModelCatalog.Resolve(nameOrPath);
        }
        catch (SquelchException exception)
        {
            throw new ToolException(isFile ? ExitCode.Input : ExitCode.Usage, $"--model: {exception.Message}", exception);
        }
    }

    /// <summary>Sets a tunable.</summary>
    /// <param name="policies">Where policies may come from.</param>
    /// <param name="more">Ends the description.</param>
    public static Option<string[]> Set(Option<string[]> policies, string more = "")
    {
        var set = new Option<string[]>("--set")
        {
            Description = "Sets a tunable; may be repeated." + more,
            HelpName = "Policy.Tunable=value",
            DefaultValueFactory = _ => [],
        };
        set.CompletionSources.Add(context => Known(context, policies).SelectMany(policy => policy.Tunables.Select(tunable => $"{policy.Name}.{tunable.Name}=")));
        return set;
    }

    /// <summary>Names of policies for a shell to complete.</summary>
    public static IEnumerable<string> PolicyNames(CompletionContext context, Option<string[]> policies) => Known(context, policies).Select(policy => policy.Name);

    /// <summary>Replays at a time.</summary>
    public static NumberOption<int> Jobs() => new("--jobs", "a whole number of 1 or more, since at least one replay must run at a time", "4", value => value >= 1)
    {
        Description = "Replays that run at a time.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static IEnumerable<PolicyDescriptor> Known(CompletionContext context, Option<string[]> policies)
    {
        try
        {
            return PolicyAssemblies.Load(context.ParseResult.GetValue(policies) ?? []).Policies.Select(policy => policy.Descriptor);
        }
        catch (SquelchException)
        {
            // Whoever still types is not told of errors.
            return PolicyAssemblies.Load([]).Policies.Select(policy => policy.Descriptor);
        }
    }
}
