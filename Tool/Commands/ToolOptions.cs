using System.CommandLine;

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

    /// <summary>No progress bars.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "Show no progress bars." };

    /// <summary>Replays at a time.</summary>
    public static Option<int> Jobs()
    {
        var jobs = new Option<int>("--jobs")
        {
            Description = "Replays that run at a time.",
            HelpName = "n",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1)
            {
                result.AddError($"--jobs {value}: at least one replay must run at a time; give 1 or more");
            }
        });
        return jobs;
    }
}
